/**
 * SuperGPQA (M-A-P 2025): multiple choice of up to ten options in 285 fields of 13 disciplines. Published as JSON Lines: `uuid`, `question`, `options`, `answer_letter`, `discipline`, `field`,
 * `subfield`, `difficulty`. Accuracy over all questions, broken down by discipline. A response is searched on its last line first, then as a whole, for a letter, then for an option's text.
 */
import { z } from 'zod';
import { choiceOf } from '../answers/choice-of.ts';
import { defineBenchmark } from './benchmark.ts';
import { letterOf, optionLines } from './option-letters.ts';

const row = z.object({ uuid: z.string(), question: z.string(), options: z.array(z.string()).min(2).max(10), answer_letter: z.string().regex(/^[A-J]$/), discipline: z.string() });

export const superGpqa = defineBenchmark({
  name: 'super-gpqa@1',
  source: 'hf://datasets/m-a-p/SuperGPQA/SuperGPQA-all.jsonl',
  samples: 0,
  metric: 'mean',
  endsBefore: ['Question:'],
  row,
  question({ uuid: id, question, options, answer_letter: expected, discipline: category }) {
    const asked = `${question}\n${optionLines(options, ') ')}\n`;
    const instruction =
      "Answer the following multiple choice question. There is only one correct answer. The last line of your response should be in the format 'Answer: $LETTER' (without quotes), where LETTER is one of A, B, C, D, E, F, G, H, I, or J.";
    return {
      id,
      category,
      expected,
      worked: `Question:\n${asked}\nAnswer: ${expected}`,
      prompt: (examples) => [instruction, ...examples.map(({ worked }) => worked), examples.length === 0 ? asked : `Question:\n${asked}\nAnswer: Let's think step by step.`].join('\n\n'),
      answer: (response) => letterIn(response, options),
      isRight: (answer) => answer === expected,
    };
  },
});

const dress = String.raw`[*$\\({\[\s]*(?:(?:boxed|mathbf|mathrm|text)\s*\{\s*\(?)*`;
const after = String.raw`(?=[)\]}\s:.*$,\\]|$)`;

function letterIn(response: string, options: readonly string[]): string | null {
  const letters = `[${letterOf(0)}-${letterOf(options.length - 1)}]`;
  const patterns = [
    new RegExp(String.raw`the\s+(?:\w+\s+)?(?:answer|option)(?:\s+\w+){0,4}?\s+is:?\s*${dress}(${letters})${after}`, 'i'),
    new RegExp(String.raw`answer[*\s]*:\s*${dress}(${letters})${after}`, 'i'),
    new RegExp(String.raw`^${dress}(${letters})[)\]}]*(?=[\s:.*)]|$)`, 'i'),
  ];
  const lastLine = response.trimEnd().split('\n').at(-1) ?? '';
  for (const text of [lastLine, response]) {
    for (const pattern of patterns) {
      const found = pattern.exec(text)?.[1];
      if (found !== undefined) return found.toUpperCase();
    }
  }
  const said = /(?:answer|option)(?:\s+is)?\s*:?\s*(.+?)\s*$/i.exec(lastLine)?.[1] ?? lastLine;
  return choiceOf(said, options);
}
