import type { Gathering, YearEvent } from '../hubs.ts';
import type { Subject } from '../topics/topic.ts';
import { companyParagraph } from './company-paragraph.ts';
import type { Surroundings } from './finish.ts';
import type { Random } from './random.ts';
import type { Paragraph, Segment } from './segment.ts';
import { canTell, tell } from './sentence.ts';

const MEMBERS_IN_A_PARAGRAPH = 6;
const MOST_PARAGRAPHS = 5;
const CALENDAR = ['@ was a {kind} and [began|opened] on a {start}.', 'The {kind} [began|opened] on a {start}.'];

/** Paragraphs on the subjects that share a value: a sentence that names it, then the subjects. */
export function hubParagraphs(gathering: Gathering, heading: string, random: Random, world: Surroundings): Paragraph[] {
  const members = random.shuffle(gathering.members);
  const count = Math.min(MOST_PARAGRAPHS, Math.ceil(members.length / MEMBERS_IN_A_PARAGRAPH));
  return Array.from({ length: count }, (_, i) => {
    const company = members.slice(Math.floor((i * members.length) / count), Math.floor(((i + 1) * members.length) / count)).slice(0, MEMBERS_IN_A_PARAGRAPH + 1);
    const opening = sentenceOnValue(random.pick(gathering.hub.opening), gathering, company[0]!, random);
    return companyParagraph([opening], company, new Set([gathering.key]), { heading, self: gathering.title }, random, world);
  });
}

/** What the value is, where nothing else in the encyclopedia says it. */
export function sentenceOnValue(frame: string, gathering: Gathering, member: Subject, random: Random): Segment[] {
  const value: Subject = { ...member, facts: { ...member.facts, hub: gathering.value } };
  return tell(frame, value, random, false).map((segment) =>
    segment.origin.from === 'fact' && segment.origin.key === 'hub' ? { ...segment, origin: { ...segment.origin, key: gathering.key } } : segment,
  );
}

/** Paragraphs on what happened in a year. */
export function eventParagraphs(year: Subject, events: readonly YearEvent[], heading: string, random: Random, world: Surroundings): Paragraph[] {
  const shuffled = random.shuffle(events.filter(({ subject, frame }) => canTell(frame, subject)));
  const paragraphs: Paragraph[] = [];
  for (let from = 0; from < shuffled.length; from += MEMBERS_IN_A_PARAGRAPH) {
    const some = shuffled.slice(from, from + MEMBERS_IN_A_PARAGRAPH);
    const { subject, key } = some[0]!;
    const opening = random.pick([`In the year {${key}} [some|a few] things happened that other entries mention.`, `[Some|A few] dates in other entries [point to|mention] the year {${key}}.`]);
    const sentences = [tell(opening, subject, random, false)];
    for (const event of some) sentences.push(tell(random.chance(0.5) ? event.frame : `[In that year|That year] ${event.frame}`, event.subject, random, false));
    if (from === 0) sentences.push(tell(random.pick(CALENDAR), year, random, false));
    const company = some.map((event) => event.subject);
    paragraphs.push(companyParagraph(sentences, sentences.length > 4 ? [] : company.slice(0, 2), new Set([key]), { heading, self: year.title }, random, world));
  }
  return paragraphs;
}
