import type { Subject } from '../topics/topic.ts';
import { cardNotes } from './card-notes.ts';
import { finishParagraph, wordCount } from './finish.ts';
import type { Surroundings } from './finish.ts';
import { frameKeys, namesSubject } from './frame.ts';
import type { Random } from './random.ts';
import type { Paragraph, Segment } from './segment.ts';
import { canTell, tell } from './sentence.ts';

const LEAST_WORDS = 42;
const MOST_WORDS = 92;

/**
 * A paragraph that puts several subjects side by side, each with a fact or two.
 * In: its first sentences, the subjects, facts not to be told (the one they share), and the article's title.
 */
export function companyParagraph(
  opening: readonly Segment[][],
  company: readonly Subject[],
  untold: ReadonlySet<string>,
  place: { heading: string; self: string },
  random: Random,
  world: Surroundings,
): Paragraph {
  const sentences = [...opening];
  const noteAt = random.chance(0.6) ? random.between(0, company.length - 1) : -1;
  const used = new Set<string>();
  const sayOf = (member: Subject): void => {
    const all = [...member.topic.leads, ...member.topic.frames].filter((frame) => namesSubject(frame) && frameKeys(frame).size > 0 && canTell(frame, member) && !used.has(member.title + frame));
    const apart = all.filter((frame) => [...frameKeys(frame)].every((key) => !untold.has(key)));
    const telling = apart.filter((frame) => [...frameKeys(frame)].some((key) => member.topic.identifying.includes(key)));
    const choice = telling.length > 0 && random.chance(0.6) ? telling : apart.length > 0 ? apart : all;
    if (choice.length === 0) return;
    const frame = random.pick(choice);
    used.add(member.title + frame);
    sentences.push(tell(frame, member, random, false));
  };
  company.forEach((member, i) => {
    if (wordCount(sentences) > MOST_WORDS) return;
    sayOf(member);
    if (i === noteAt) sentences.push(tell(random.pick(cardNotes), member, random, false));
  });
  for (const member of [...company, ...company]) {
    if (wordCount(sentences) < LEAST_WORDS) sayOf(member);
  }
  for (const member of [...company, ...company]) {
    if (wordCount(sentences) < LEAST_WORDS) sentences.push(tell(random.pick(cardNotes), member, random, false));
  }
  return finishParagraph(sentences, place.heading, place.self, random, world);
}
