/**
 * A row of question-and-answer data. In: a row of any of the public layouts: the question in `question`, `problem` or `prompt`, with `options` or `choices` where it has them; the answer in `answer`, `expected`,
 * `target`, `ground_truth` or `final_answer` (of a worked solution, what follows `####`), else the last `\boxed{}` of `solution`. Out: both texts, options as lines with letters; or what is wrong. Pure.
 */
import { z } from 'zod';
import { optionLines } from '../benchmarks/option-letters.ts';
import { parseLastBraced } from '../rollouts/parse-answer.ts';

const words = z.union([z.string(), z.number(), z.bigint(), z.boolean()]).transform(String).nullish();
const several = z.array(z.string()).nullish();

const row = z.object({
  ...{ id: words, question: words, problem: words, prompt: words, options: several, choices: several, solution: words },
  ...{ answer: words, expected: words, target: words, ground_truth: words, final_answer: z.union([words, several]) },
});

export interface QuestionRow {
  readonly id: string | null;
  readonly question: string;
  readonly answer: string;
}

export function readQuestionRow(value: unknown): QuestionRow | string {
  const parsed = row.safeParse(value);
  if (!parsed.success) return `${parsed.error.issues[0]?.path.join('.') || 'the row'}: ${parsed.error.issues[0]?.message ?? 'invalid'}`;
  const { id, question, problem, prompt, options, choices, solution, answer, expected, target, ground_truth: truth, final_answer: final } = parsed.data;
  const asked = question ?? problem ?? prompt ?? '';
  if (asked.trim() === '') return 'there is no question, problem or prompt in it';
  const given = answer ?? expected ?? target ?? truth ?? (Array.isArray(final) ? final.join(', ') : final);
  const right = given == null ? boxed(solution ?? '') : afterMarks(given);
  if (right.trim() === '') return 'there is no answer in it';
  const lines = options ?? choices ?? [];
  return { id: id ?? null, question: lines.length === 0 ? asked : `${asked}\n${optionLines(lines, '. ')}`, answer: right };
}

function afterMarks(text: string): string {
  return /####\s*([^\n]+)\s*$/.exec(text)?.[1] ?? text;
}

function boxed(solution: string): string {
  const found = parseLastBraced(solution, 'boxed');
  return found === null ? '' : solution.slice(found.start, found.end);
}
