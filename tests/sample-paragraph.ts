/** An admitted paragraph for tests: step 1, slot 0, a cohort of its own, unless said otherwise. */
import { paragraphId } from '../operators/rollouts/ids.ts';
import type { Paragraph } from '../schemas/records/paragraph.ts';

export const sampleText = 'The Loire is the longest river in France. It rises in the Massif Central and flows 1006 kilometres to the Atlantic.';

export function sampleParagraph(changes: Partial<Paragraph> = {}): Paragraph {
  const step = changes.step ?? 1;
  const slot = changes.slot ?? 0;
  const text = changes.text ?? sampleText;
  return {
    id: paragraphId(step, slot),
    step,
    slot,
    cohortFirstSlot: slot,
    cohortSize: 1,
    text,
    tokenCount: new TextEncoder().encode(text).length,
    title: 'Loire',
    sections: [],
    file: 'rivers.jsonl',
    pageId: '7',
    byteOffset: 1234,
    paragraphIndex: 0,
    ordinal: slot,
    epoch: 0,
    tokenEntropies: null,
    ...changes,
  };
}
