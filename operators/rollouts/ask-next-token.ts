/**
 * The question for the next token. In: a paragraph and the place of a token in it. Out: the paragraph up to the token, which is the answer after the whitespace rule (white space before a
 * word is part of its token, so the text never ends in it but where the tokenizer has it apart). Null where the token is no text of its own, nothing stands before it, or the prompt is too long.
 */
import type { Paragraph } from '../../schemas/records/paragraph.ts';
import type { ChooserDeps, Question } from './draw-passages.ts';
import { normaliseAnswer } from './parse-answer.ts';
import { promptSubject } from './prompt-subject.ts';
import type { TokenSpan } from './token-spans.ts';

export function askNextToken({ template, config }: ChooserDeps, paragraph: Paragraph, { start, end, whole }: TokenSpan): Question | null {
  const own = paragraph.text.slice(start, end);
  const maskText = normaliseAnswer(own);
  const text = paragraph.text.slice(0, start);
  if (!whole || maskText === '' || text.trim() === '') return null;
  if (template.nextTokenPrompt(promptSubject(paragraph, text)).length > config.rollouts.maxPromptTokens) return null;
  const at = start + own.length - own.trimStart().length;
  return { key: String(start), maskText, spanStarts: [at], text };
}
