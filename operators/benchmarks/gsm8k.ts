/**
 * GSM8K (Cobbe et al. 2021): word problems. Published as JSON Lines and Parquet: `question`, and `answer`, a worked solution with the number after `####`. Accuracy; the number after `####`, else in
 * `\boxed{}`, else the last one of the response, compared as a number.
 */
import { z } from 'zod';
import { isSameNumber } from '../answers/same-number.ts';
import { defineBenchmark } from './benchmark.ts';
import { finalAnswer, lastNumber } from './final-answer.ts';
import { mathPrompt } from './math-prompt.ts';

const row = z.object({ question: z.string(), answer: z.string() });

export const gsm8k = defineBenchmark({
  name: 'gsm8k@1',
  source: 'hf://datasets/openai/gsm8k/main/test-*.parquet',
  samples: 0,
  metric: 'mean',
  endsBefore: ['Question:'],
  row,
  question({ question, answer }, { index }) {
    const expected = afterMarks(answer);
    if (expected === null) return 'answer: there is no #### in it';
    return {
      id: String(index),
      category: '',
      expected,
      worked: `Question: ${question}\nAnswer: ${answer}`,
      prompt: (examples) => (examples.length === 0 ? mathPrompt(question, []) : [...examples.map(({ worked }) => worked), `Question: ${question}\nAnswer:`].join('\n\n')),
      answer: (response) => afterMarks(response) ?? numberWithin(finalAnswer(response)) ?? lastNumber(response),
      isRight: (given) => isSameNumber(given, expected),
    };
  },
});

function afterMarks(text: string): string | null {
  const found = [...text.matchAll(/####\s*([^\n]+)/g)].at(-1)?.[1]?.trim().replace(/\.$/, '');
  return found === undefined || found === '' ? null : found;
}

/** Of "18 eggs a day" too. */
function numberWithin(text: string | null): string | null {
  return text === null || !/\d/.test(text) ? null : /^[\d\s.,$\\{}/+-]+$/.test(text) ? text : (lastNumber(text) ?? text);
}
