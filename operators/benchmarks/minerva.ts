/**
 * Minerva's quantitative problems (Lewkowycz et al. 2022, OCWCourses): undergraduate science and mathematics. Published as JSON Lines: `question` (or `problem`), `answer` (or `solution` with its
 * box). Accuracy; numbers are the same within 1e-5 of their size, as in the paper's listing, everything else where it is equivalent as LaTeX.
 */
import { z } from 'zod';
import { isEquivalentAnswer } from '../answers/equivalent-answer.ts';
import { defineBenchmark } from './benchmark.ts';
import { finalAnswer } from './final-answer.ts';
import { mathPrompt, workedMath } from './math-prompt.ts';

const tolerance = 1e-5;

const row = z.object({ question: z.string().nullish(), problem: z.string().nullish(), answer: z.string().nullish(), solution: z.string().nullish(), type: z.string().nullish() });

export const minerva = defineBenchmark({
  name: 'minerva@2',
  source: 'hf://datasets/math-ai/minervamath/test.jsonl',
  samples: 0,
  metric: 'mean',
  endsBefore: [],
  row,
  question({ question, problem, answer, solution, type }, { index }) {
    const asked = question ?? problem;
    const expected = answer ?? finalAnswer(solution ?? '');
    if (asked == null || expected === null) return asked == null ? 'question: there is none' : 'answer: there is none';
    return {
      id: String(index),
      category: type ?? '',
      expected,
      worked: workedMath(asked, solution ?? '', expected),
      prompt: (examples) => mathPrompt(asked, examples),
      answer: finalAnswer,
      isRight: (given) => isEquivalentAnswer(withoutNumPy(given), withoutNumPy(expected), tolerance),
    };
  },
});

/** One published answer calls a function of NumPy. */
function withoutNumPy(answer: string): string {
  return answer.replace(/\bnp\./g, '');
}
