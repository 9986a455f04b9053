/** In: a paragraph and where its mask hides text. Out: the text with each hidden place marked. Pure. */
import type { Ink } from '../ink.ts';
import { printable } from '../../shown-text/printable.ts';

/** Marks are brackets too, for those who see no colour. Offsets are UTF-16, in order, not overlapping. */
export function markMask(text: string, starts: readonly number[], length: number, ink: Ink): string {
  let at = 0;
  let marked = '';
  for (const start of starts) {
    marked += printable(text.slice(at, start)) + ink.inverse(`⟦${printable(text.slice(start, start + length))}⟧`);
    at = start + length;
  }
  return marked + printable(text.slice(at));
}
