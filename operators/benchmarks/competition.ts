/** Short competitions of whole numbers, mean@32 as in the paper. In: name and address. Out: the benchmark. */
import { z } from 'zod';
import { isEquivalentAnswer } from '../answers/equivalent-answer.ts';
import { defineBenchmark, label, type Benchmark } from './benchmark.ts';
import { finalAnswer } from './final-answer.ts';
import { mathPrompt, workedMath } from './math-prompt.ts';

const row = z.object({ id: label.nullish(), ID: label.nullish(), question: z.string().nullish(), problem: z.string().nullish(), Problem: z.string().nullish(), answer: label.nullish(), Answer: label.nullish(), solution: z.string().nullish(), Solution: z.string().nullish() });

export function competition(name: string, source: string): Benchmark {
  return defineBenchmark({
    name,
    source,
    samples: 32,
    metric: 'mean',
    endsBefore: [],
    row,
    question(fields, { index }) {
      const solution = fields.solution ?? fields.Solution ?? '';
      const asked = fields.problem ?? fields.question ?? fields.Problem;
      const expected = fields.answer ?? fields.Answer ?? finalAnswer(solution);
      if (asked == null) return 'problem: there is none';
      if (expected == null) return 'answer: there is none';
      return {
        id: fields.id ?? fields.ID ?? String(index),
        category: '',
        expected,
        worked: workedMath(asked, solution, expected),
        prompt: (examples) => mathPrompt(asked, examples),
        answer: finalAnswer,
        isRight: (given) => isEquivalentAnswer(given, expected),
      };
    },
  });
}
