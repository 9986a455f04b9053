/**
 * MMLU-Pro (Wang et al. 2024): multiple choice of up to ten options in 14 categories. Published as Parquet: a row has `question_id`, `question`, `options`, `answer` (a letter),
 * `category` and `cot_content`, worked answers of the validation split, of which five of the question's category make the published prompt. Accuracy over all questions; where a response
 * names no letter the published script guesses, and here it is wrong.
 */
import { z } from 'zod';
import { defineBenchmark, label } from './benchmark.ts';
import { optionLines } from './option-letters.ts';

const row = z.object({ question_id: label, question: z.string(), options: z.array(z.string()).min(2).max(10), answer: z.string().regex(/^[A-J]$/), category: z.string(), cot_content: z.string().nullish() });

export const mmluPro = defineBenchmark({
  name: 'mmlu-pro@1',
  source: 'hf://datasets/TIGER-Lab/MMLU-Pro/data/test-*.parquet',
  samples: 0,
  metric: 'mean',
  endsBefore: ['Question:'],
  row,
  question({ question_id: id, question, options, answer: expected, category, cot_content: reasoning }) {
    const asked = `Question:\n${question}\nOptions:\n${optionLines(options, '. ')}\nAnswer: `;
    const begun = "Let's think step by step.";
    return {
      id,
      category,
      expected,
      worked: `${asked}${(reasoning ?? '').replace(/^A: /, '') || `${begun} The answer is (${expected}).`}`,
      prompt(examples) {
        const head = `The following are multiple choice questions (with answers) about ${category}. Think step by step and then finish your answer with "the answer is (X)" where X is the correct letter choice.`;
        return [head, ...examples.filter((example) => example.category === category).map(({ worked }) => worked), asked + begun].join('\n\n');
      },
      answer: (response) => letterIn(response.replaceAll('**', '')),
      isRight: (answer) => answer === expected,
    };
  },
});

/** The three places where the published script looks, in its order. */
function letterIn(response: string): string | null {
  return /answer is \(?([A-J])\)?/.exec(response)?.[1] ?? /[aA]nswer:\s*([A-J])/.exec(response)?.[1] ?? response.match(/\b[A-J]\b/g)?.at(-1) ?? null;
}
