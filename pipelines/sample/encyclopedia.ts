import { groupBy } from './group-by.ts';
import { allEvents, allGatherings } from './hubs.ts';
import type { Gathering } from './hubs.ts';
import { companyParagraph } from './prose/company-paragraph.ts';
import type { Surroundings } from './prose/finish.ts';
import { namesSubject } from './prose/frame.ts';
import { eventParagraphs, hubParagraphs, sentenceOnValue } from './prose/hub-paragraphs.ts';
import { ownParagraph } from './prose/own-paragraph.ts';
import { Random } from './prose/random.ts';
import type { Paragraph } from './prose/segment.ts';
import { tell } from './prose/sentence.ts';
import { allSubjects } from './subjects.ts';
import { surroundingsOf } from './surroundings.ts';
import type { Subject } from './topics/topic.ts';

export interface Article {
  title: string;
  subject: Subject | undefined; // undefined: an article on a value that subjects share
  paragraphs: Paragraph[];
  related: string[]; // titles
}

const NEIGHBOURS = 4;
const NEIGHBOUR_SHARE = 0.45; // of the articles that compare their subject with others
const OPENINGS_OF_COMPANY = [
  '@ is often [compared|listed] with others of that kind.',
  '[Near|Next to] @ in the card index [stand|are] some others.',
  '[Readers|Visitors] who look up @ often look up these as well.',
];

/** The whole encyclopedia. In: a seed. Out: its articles, the same for the same seed. */
export function writeEncyclopedia(seed: string): Article[] {
  const random = new Random(seed);
  const subjects = allSubjects();
  const events = allEvents(subjects);
  const told = subjects.filter((subject) => subject.topic.name !== 'year' || (events.get(subject.title) ?? []).length > 1);
  const gatherings = groupBy(allGatherings(told), ({ title }) => title);
  const world = surroundingsOf(told, gatherings);
  const neighbours = neighboursOf(told, random.fork('neighbours'));

  const articles = told.map((subject): Article => {
    const own = random.fork(subject.title);
    const used = new Set<string>();
    const isYear = subject.topic.name === 'year';
    const paragraphs = [ownParagraph(subject, subject.topic.leads, '', used, own, world)];
    if (!isYear) paragraphs.push(ownParagraph(subject, firstFrames(subject), own.pick(['Overview', 'Description', 'Details']), used, own, world));
    const company = neighbours.get(subject) ?? [];
    if (!isYear && company.length > 1 && own.chance(NEIGHBOUR_SHARE)) {
      paragraphs.push(companyParagraph([tell(own.pick(OPENINGS_OF_COMPANY), subject, own, false)], company, new Set(), { heading: 'Comparison', self: subject.title }, own, world));
    }
    if (isYear) paragraphs.push(...eventParagraphs(subject, events.get(subject.title) ?? [], 'Events', own, world));
    for (const gathering of gatherings.get(subject.title) ?? []) paragraphs.push(...hubParagraphs(gathering, `Related ${gathering.members[0]!.topic.plural}`, own, world));
    return { title: subject.title, subject, paragraphs, related: company.map(({ title }) => title) };
  });

  const titles = new Set(told.map(({ title }) => title));
  for (const [title, about] of gatherings) {
    if (!titles.has(title)) articles.push(valueArticle(title, about, random.fork(title), world));
  }
  return articles;
}

function valueArticle(title: string, gatherings: readonly Gathering[], random: Random, world: Surroundings): Article {
  const paragraphs = gatherings.flatMap((gathering) => hubParagraphs(gathering, `Related ${gathering.members[0]!.topic.plural}`, random, world));
  const first = gatherings.find(({ hub }) => hub.about !== '') ?? gatherings[0]!;
  const about = first.hub.about || 'In this encyclopedia {hub} is a name that [several|some] entries share.';
  const lead = sentenceOnValue(about, first, first.members[0]!, random).map((segment) => (segment.look === 'link' ? { ...segment, look: 'bold' as const } : segment));
  const company = random.shuffle(first.members).slice(0, NEIGHBOURS);
  const paragraph = companyParagraph([lead], company, new Set([first.key]), { heading: '', self: title }, random, world);
  return { title, subject: undefined, paragraphs: [paragraph, ...paragraphs], related: company.map((member) => member.title) };
}

/** Frames that may open a later paragraph: those that name the subject. */
function firstFrames({ topic }: Subject): string[] {
  return [...topic.frames, ...topic.leads].filter(namesSubject);
}

/** A few subjects for each to be compared with: the next ones that share its topic's chosen fact. */
function neighboursOf(subjects: readonly Subject[], random: Random): Map<Subject, Subject[]> {
  const groups = groupBy(random.shuffle(subjects), ({ topic, facts }) => `${topic.name}\t${facts[topic.shared] ?? ''}`);
  const neighbours = new Map<Subject, Subject[]>();
  for (const group of groups.values()) {
    group.forEach((subject, i) => neighbours.set(subject, [...group.slice(i + 1), ...group.slice(0, i)].slice(0, NEIGHBOURS)));
  }
  return neighbours;
}
