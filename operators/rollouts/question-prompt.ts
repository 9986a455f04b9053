/** The prompt that asks a passage. In: a paragraph and a passage of it. Out: token ids: of the question for the hidden span, or for the next token where the text ends before its answer. Pure. */
import type { MaskedPassage } from '../../schemas/records/masked-passage.ts';
import type { Paragraph } from '../../schemas/records/paragraph.ts';
import { promptSubject } from './prompt-subject.ts';
import type { PromptTemplate } from './prompt-template.ts';

export function questionPrompt(template: PromptTemplate, paragraph: Pick<Paragraph, 'title' | 'sections' | 'text'>, passage: Pick<MaskedPassage, 'text' | 'spanStarts'>): readonly number[] {
  const subject = promptSubject(paragraph, passage.text);
  return isCut(passage) ? template.nextTokenPrompt(subject) : template.predictionPrompt(subject);
}

/** Whether the text ends where its answer begins. One with `[mask]` in place of the answer goes on at least that far. */
export function isCut({ text, spanStarts }: Pick<MaskedPassage, 'text' | 'spanStarts'>): boolean {
  return text.length <= (spanStarts[0] ?? 0);
}
