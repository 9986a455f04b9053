/**
 * MATH-500 (Lightman et al. 2023): 500 problems of MATH in 7 subjects. Published as JSON Lines: `problem`, `solution`, `answer`, `subject`, `level`, `unique_id`. Accuracy; an answer is right where
 * it is equivalent as LaTeX.
 */
import { z } from 'zod';
import { isEquivalentAnswer } from '../answers/equivalent-answer.ts';
import { defineBenchmark } from './benchmark.ts';
import { finalAnswer } from './final-answer.ts';
import { mathPrompt, workedMath } from './math-prompt.ts';

const row = z.object({ problem: z.string(), solution: z.string().nullish(), answer: z.string(), subject: z.string().nullish(), unique_id: z.string().nullish() });

export const math500 = defineBenchmark({
  name: 'math-500@2',
  source: 'hf://datasets/HuggingFaceH4/MATH-500/test.jsonl',
  samples: 0,
  metric: 'mean',
  endsBefore: [],
  row,
  question: ({ problem, solution, answer: expected, subject, unique_id: id }, { index }) => ({
    id: id ?? String(index),
    category: subject ?? '',
    expected,
    worked: workedMath(problem, solution ?? '', expected),
    prompt: (examples) => mathPrompt(problem, examples),
    answer: finalAnswer,
    isRight: (answer) => isEquivalentAnswer(answer, expected),
  }),
});
