/**
 * A question with its answer as one text, which is how post-training's paragraphs are kept in the log. In: both, or the text. Out: the text, or both. Pure. The answer stands on the last line, after `Answer: `.
 */
import { normaliseAnswer } from '../rollouts/parse-answer.ts';

const separator = '\nAnswer: ';

export interface QuestionText {
  readonly question: string;
  readonly answer: string;
  /** Where the answer begins in the text, UTF-16 code units. */
  readonly answerStart: number;
}

export function joinQuestion(question: string, answer: string): string {
  return `${question.trim()}${separator}${normaliseAnswer(answer)}`; // normalised, it holds no line break: the last separator is the one put here
}

/** Null where the text is none that `joinQuestion` made. */
export function splitQuestion(text: string): QuestionText | null {
  const at = text.lastIndexOf(separator);
  const answerStart = at + separator.length;
  if (at < 1 || answerStart >= text.length) return null;
  return { question: text.slice(0, at), answer: text.slice(answerStart), answerStart };
}
