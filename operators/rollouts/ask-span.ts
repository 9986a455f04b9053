/** The question for a span of a paragraph. In: the span. Out: the paragraph with it hidden by the same regularisation as a mask; null where that refuses it, or the prompt is too long. */
import type { Paragraph } from '../../schemas/records/paragraph.ts';
import type { ChooserDeps, Question } from './draw-passages.ts';
import { normaliseAnswer } from './parse-answer.ts';
import { promptSubject } from './prompt-subject.ts';
import { regulariseMask } from './regularise-mask.ts';
import type { Span } from './word-spans.ts';

/** @param draw used where the regularisation draws one of several occurrences */
export function askSpan({ template, config }: ChooserDeps, paragraph: Paragraph, { start, end }: Span, draw: () => number): Question | null {
  const { masks, rollouts } = config;
  const maskText = normaliseAnswer(paragraph.text.slice(start, end));
  const mask = regulariseMask(paragraph.text, maskText, masks.regularise, masks.maxOccurrences, draw);
  if (!mask.usable) return null;
  if (template.predictionPrompt(promptSubject(paragraph, mask.maskedText)).length > rollouts.maxPromptTokens) return null;
  return { key: maskText, maskText, spanStarts: mask.spanStarts, text: mask.maskedText };
}
