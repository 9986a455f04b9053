/**
 * BIG-Bench Extra Hard (Kazemi et al. 2025): 23 tasks of reasoning. Published as JSON, one `task.json` a task with `examples` of `input` and `target`; on the hub as rows that name their `task`.
 * The published figure is the harmonic mean of the tasks' accuracies, in percent with 1 added to each. An answer stands after "The answer is:", else it is the first line, and is compared without case and dress.
 */
import { z } from 'zod';
import { defineBenchmark } from './benchmark.ts';

const row = z.object({ input: z.string(), target: z.string(), task: z.string().nullish() });

const instruction =
  'Think step by step, and when you provide the final answer, please use the prefix "The answer is:" without any modification, and provide the answer directly, with no formatting, no bolding, and no markup. For instance: "The answer is: 42" or "The answer is: yes". If the question is multiple choice with a single correct answer, the final answer must only be the letter corresponding to the correct answer. For example, "The answer is: (a)".';

export const bbeh = defineBenchmark({
  name: 'bbeh@2',
  source: 'hf://datasets/BBEH/bbeh',
  samples: 0,
  metric: 'harmonic',
  endsBefore: [],
  row,
  question({ input, target: expected, task }, { file, index }) {
    const category = (task ?? taskOfFile(file)).replaceAll(' ', '_').replace(/^bbeh_/, '');
    return {
      id: `${category}/${index}`,
      category,
      expected,
      worked: `${input}\n\n${instruction}\n\nThe answer is: ${expected}`,
      prompt: (examples) => [...examples.map(({ worked }) => worked), `${input}\n\n${instruction}`].join('\n\n\n'),
      answer: bbehAnswer,
      isRight: (answer) => isSameBbehAnswer(answer, expected),
    };
  },
});

/** `.../bbeh_word_sorting/task.json` */
function taskOfFile(file: string): string {
  return file.split('/').at(-2) ?? file;
}

/** What follows each prefix in turn; without one, the whole response. Its first line counts. */
const prefixes = ['The answer is:', 'The final answer is ', 'The final answer is: ', 'The answer is '];

function bbehAnswer(response: string): string | null {
  const after = prefixes.reduce((text, prefix) => (text.includes(prefix) ? text.slice(text.lastIndexOf(prefix) + prefix.length).trim() : text), response.trim());
  const [line = ''] = withoutLatex(after.replace(/\.$/, '')).split('\n');
  return line.trim() === '' ? null : line.trim();
}

function withoutLatex(text: string): string {
  let inner = text.replace(/^\$([\s\S]*)\$$/, '$1');
  for (const command of ['boxed{', 'text{', 'texttt{']) if (inner.includes(command) && inner.endsWith('}')) inner = inner.slice(0, -1).split(command)[1]!;
  return inner;
}

/** As the published script compares, but for a full stop at the end of the target, which it takes from the answer alone. */
export function isSameBbehAnswer(answer: string, expected: string): boolean {
  const [given, wanted] = [plain(answer.replaceAll('**', '')), plain(expected)];
  if (given === wanted) return true;
  const letter = /^\((.)\)$/;
  if (letter.test(given)) return given[1] === wanted;
  if (letter.test(wanted)) return wanted[1] === given;
  if (given !== '' && wanted !== '' && Number(given) === Number(wanted)) return true;
  return given.replaceAll("'", '') === wanted.replaceAll("'", '') || `[${wanted}]` === given || `[${given}]` === wanted || given === `${wanted}?`;
}

function plain(text: string): string {
  return text.trim().toLowerCase().replaceAll(', ', ',').replace(/\.$/, '');
}
