/** The prompt of mathematical problems, as Qwen's models and the paper's kin are asked. In: a problem, and worked examples. Out: the prompt. Pure. */
import type { BenchmarkQuestion } from './benchmark.ts';

export function mathPrompt(problem: string, examples: readonly BenchmarkQuestion[]): string {
  return [...examples.map(({ worked }) => worked), `${problem}\nPlease reason step by step, and put your final answer within \\boxed{}.\n`].join('\n\n');
}

export function workedMath(problem: string, solution: string, answer: string): string {
  const ends = solution.includes('\\boxed') ? solution : `${solution}\nThe answer is \\boxed{${answer}}.`.trimStart();
  return `${mathPrompt(problem, [])}${ends}`;
}
