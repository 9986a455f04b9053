import type { IndexedMask, MaskIndex, Place } from './mask-index.ts';

/** The masks of one paragraph at one step. In: the index and the place. Out: its masks, in order of their index. Pure. */
export function masksAt(index: MaskIndex, { step, slot }: Place): IndexedMask[] {
  return Array.from(index.rowsOf(step), (row) => index.mask(row)).filter((mask) => mask.slot === slot);
}
