/**
 * BIG-Bench Extra Hard (Kazemi et al. 2025): 23 tasks of reasoning. Published as JSON, one `task.json` a task with `examples` of `input` and `target`; on the hub as rows that name their `task`.
 * The published figure is the harmonic mean of the tasks' accuracies, in percent with 1 added to each. An answer stands after "The answer is:" and is compared without case and dress.
 */
import { z } from 'zod';
import { defineBenchmark } from './benchmark.ts';

const row = z.object({ input: z.string(), target: z.string(), task: z.string().nullish() });

const instruction =
  'Think step by step, and when you provide the final answer, please use the prefix "The answer is:" without any modification, and provide the answer directly, with no formatting, no bolding, and no markup. For instance: "The answer is: 42" or "The answer is: yes". If the question is multiple choice with a single correct answer, the final answer must only be the letter corresponding to the correct answer. For example, "The answer is: (a)".';

export const bbeh = defineBenchmark({
  name: 'bbeh@1',
  source: 'hf://datasets/BBEH/bbeh',
  samples: 0,
  metric: 'harmonic',
  endsBefore: [],
  row,
  question({ input, target: expected, task }, { file, index }) {
    const category = (task ?? taskOfFile(file)).replace(/^bbeh[_ ]/, '');
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

function bbehAnswer(response: string): string | null {
  const after = ['The answer is:', 'The final answer is:', 'The final answer is ', 'The answer is '].map((prefix) => ({ at: response.lastIndexOf(prefix), prefix })).filter(({ at }) => at >= 0);
  if (after.length === 0) return null;
  const last = after.reduce((a, b) => (b.at > a.at || (b.at === a.at && b.prefix.length > a.prefix.length) ? b : a));
  const [line = ''] = response.slice(last.at + last.prefix.length).trim().split('\n');
  return line.trim() === '' ? null : line.trim();
}

export function isSameBbehAnswer(answer: string, expected: string): boolean {
  const [given, wanted] = [plain(answer), plain(expected)];
  if (given === wanted) return true;
  const bare = (text: string): string => text.replace(/^\((.)\)$/, '$1').replace(/^\[(.*)\]$/, '$1').replace(/^['"](.*)['"]$/, '$1').replace(/\?$/, '');
  if (bare(given) === bare(wanted) && bare(given) !== '') return true;
  return given !== '' && wanted !== '' && Number(given) === Number(wanted);
}

function plain(text: string): string {
  return text
    .trim()
    .replace(/\.$/, '')
    .replace(/^\$(.*)\$$/, '$1')
    .replace(/\\(?:boxed|text|texttt)\s*\{([^{}]*)\}/g, '$1')
    .replaceAll('**', '')
    .replaceAll(', ', ',')
    .trim()
    .toLowerCase();
}
