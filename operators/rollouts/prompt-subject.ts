/** In: a paragraph, optionally another text for it. Out: what a prompt may say of it. Nothing can go wrong. */
import type { Paragraph } from '../../schemas/records/paragraph.ts';
import type { PromptSubject } from './prompt-template.ts';

/** The paragraph as a prompt's subject, with `text` in place of its own (a masked passage). */
export function promptSubject(paragraph: Pick<Paragraph, 'title' | 'sections' | 'text'>, text = paragraph.text): PromptSubject {
  return { title: paragraph.title, sections: paragraph.sections, text };
}
