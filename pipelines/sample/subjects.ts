import { table } from './facts/table.ts';
import { topics } from './topics/index.ts';
import type { Subject, Topic } from './topics/topic.ts';

const PROPER =
  /^(Przewalski|Europe|Eurasia|America|Africa|Asia|Alpine|Arctic|Atlantic|Brazil|Malay|Virginia|Tasmania|Weddell|Borne|Bactria|North |India|Adelie|Scots|Norway|Cedar of|English|French|Hardanger|Turing|Bunsen|Braille|Rubik|World Wide|X-ray)/;

/** Every subject of the encyclopedia, in the order of topics and tables, each with a title of its own. */
export function allSubjects(): Subject[] {
  const titles = new Set<string>();
  return topics.flatMap((topic) =>
    table(topic.columns, topic.rows).map((row, index) => {
      const subject = subjectOf(topic, row, index);
      if (titles.has(subject.title)) subject.title = `${subject.title} (${topic.noun})`;
      if (titles.has(subject.title)) throw new Error(`two articles called ${subject.title}`);
      titles.add(subject.title);
      return subject;
    }),
  );
}

function subjectOf(topic: Topic, row: Record<string, string>, index: number): Subject {
  const all = { ...row, ...topic.derive?.(row, index) };
  const facts: Record<string, string> = {};
  for (const [key, value] of Object.entries(all)) if (value !== undefined && key !== 'name' && key !== 'pronoun') facts[key] = value;
  const written = all.name ?? '';
  const bare = written.replace(/^the /, '');
  const article = written === bare ? '' : 'the ';
  const lowered = topic.look === 'lower-case' && !PROPER.test(bare);
  const title = topic.name === 'number' ? `${bare} (number)` : bare;
  return { topic, title, name: article + (lowered ? bare.charAt(0).toLowerCase() + bare.slice(1) : bare), pronoun: all.pronoun ?? 'it', facts };
}
