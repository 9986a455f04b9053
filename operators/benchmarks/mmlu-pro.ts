/**
 * MMLU-Pro (Wang et al. 2024): multiple choice of up to ten options in 14 categories. Published as Parquet: a row has `question_id`, `question`, `options`, `answer` (a letter),
 * `category` and `cot_content`, worked answers of the validation split, of which five of the question's category make the published prompt. Accuracy over all questions; where a response
 * names no letter the published script guesses, and here it is wrong. Options that are "N/A" are no options.
 */
import { z } from 'zod';
import { defineBenchmark, label } from './benchmark.ts';
import { optionLines } from './option-letters.ts';

const row = z.object({ question_id: label, question: z.string(), options: z.array(z.string()).min(1).max(10), answer: z.string().regex(/^[A-J]$/), category: z.string(), cot_content: z.string().nullish() });

export const mmluPro = defineBenchmark({
  name: 'mmlu-pro@2',
  source: 'hf://datasets/TIGER-Lab/MMLU-Pro/data/test-*.parquet',
  samples: 0,
  metric: 'mean',
  endsBefore: ['Question:'],
  row,
  question({ question_id: id, question, options, answer: expected, category, cot_content: reasoning }) {
    const asked = `Question:\n${question}\nOptions:\n${optionLines(options.filter((option) => option !== 'N/A'), '. ')}\nAnswer: `;
    const begun = "Let's think step by step.";
    return {
      id,
      category,
      expected,
      worked: `${asked}${(reasoning ?? '').replace(/^A: /, '') || `${begun} The answer is (${expected}).`}`,
      prompt(examples) {
        const head = `The following are multiple choice questions (with answers) about ${category}. Think step by step and then finish your answer with "the answer is (X)" where X is the correct letter choice.`;
        return `${head}\n\n\n\n${[...examples.filter((example) => example.category === category).map(({ worked }) => worked), asked + begun].join('\n\n')}`;
      },
      answer: (response) => letterIn(response.replaceAll('**', '')),
      isRight: (answer) => answer === expected,
    };
  },
});

/** The three places where the published script looks, in its order. */
function letterIn(response: string): string | null {
  return /answer is \(?([A-J])\)?/.exec(response)?.[1] ?? lastOfFirstLine(response) ?? response.match(/(?<![\p{L}\p{N}_])[A-J](?![\p{L}\p{N}_])/gu)?.at(-1) ?? null;
}

/** The last "Answer: X" of the first line that has one. */
function lastOfFirstLine(response: string): string | undefined {
  const found = [...response.matchAll(/[aA]nswer:\s*([A-J])/g)];
  const end = found.length === 0 ? 0 : `${response}\n`.indexOf('\n', found[0]!.index);
  return found.filter(({ index }) => index < end).at(-1)?.[1];
}
