import type { Paragraph } from '../../../schemas/records/paragraph.ts';

/** In: a paragraph. Out: a text that is the same wherever it comes again, in whichever step or run. Pure. */
export function paragraphKey({ file, pageId, paragraphIndex }: Pick<Paragraph, 'file' | 'pageId' | 'paragraphIndex'>): string {
  return JSON.stringify([file, pageId, paragraphIndex]);
}
