import type { Article } from './encyclopedia.ts';
import { groupBy } from './group-by.ts';
import { allGatherings, type Gathering } from './hubs.ts';
import { hubParagraphs } from './prose/hub-paragraphs.ts';
import { ownParagraph } from './prose/own-paragraph.ts';
import { Random } from './prose/random.ts';
import type { Paragraph } from './prose/segment.ts';
import { allSubjects } from './subjects.ts';
import { surroundingsOf } from './surroundings.ts';
import type { Subject } from './topics/topic.ts';

const TELLINGS = 36; // of a country, and of a capital
const TELLINGS_OF_VALUES = 8;
const CONTINENTS: ReadonlySet<string> = new Set(['Asia', 'Europe']);
const TOPICS: ReadonlySet<string> = new Set(['country', 'capital']);
const HEADINGS = ['Overview', 'Description', 'Details', 'Summary', 'Profile', 'In brief'];

/**
 * The atlas: the countries of two continents and their capitals, each told over and over in other words, so that a model of a million parameters
 * can learn the facts and not just the paragraphs. In: a seed. Out: its articles, the same for the same seed.
 */
export function writeAtlas(seed: string): Article[] {
  const random = new Random(seed);
  const subjects = allSubjects().filter(({ topic, facts }) => TOPICS.has(topic.name) && CONTINENTS.has(facts['continent'] ?? ''));
  const gatherings = groupBy(allGatherings(subjects), ({ title }) => title);
  const world = surroundingsOf(subjects, gatherings);
  const articles = subjects.map((subject): Article => {
    const own = random.fork(subject.title);
    const paragraphs = Array.from({ length: TELLINGS }, (_, telling) => {
      const openings = telling === 0 ? subject.topic.leads : [...subject.topic.leads, ...subject.topic.frames];
      return ownParagraph(subject, openings, headingOf(telling), new Set(), own, world);
    });
    return { title: subject.title, subject, paragraphs: distinct(paragraphs), related: [] };
  });
  for (const [title, about] of gatherings) {
    const own = random.fork(title);
    const tell = (gathering: Gathering, telling: number): Paragraph[] => hubParagraphs(gathering, headingOf(telling + 1), own, world);
    const paragraphs = Array.from({ length: TELLINGS_OF_VALUES }, (_, telling) => about.flatMap((gathering) => tell(gathering, telling))).flat();
    articles.push({ title, subject: undefined, paragraphs: distinct(paragraphs), related: about.flatMap(({ members }) => members.slice(0, 4).map(titleOf)) });
  }
  return articles;
}

function headingOf(telling: number): string {
  return telling === 0 ? '' : HEADINGS[(telling - 1) % HEADINGS.length]!;
}

function distinct(paragraphs: readonly Paragraph[]): Paragraph[] {
  return [...new Map(paragraphs.map((paragraph) => [paragraph.text, paragraph])).values()];
}

function titleOf({ title }: Subject): string {
  return title;
}
