/**
 * Mask regularisation (section 4.4). In: a paragraph and the answer of a mask rollout. Out: the masked text with the places that were
 * replaced, or the reason why the mask is not usable. The paragraph is NFC with single spaces (as the corpus gives it).
 */
import type { Config } from '../../schemas/config/config.ts';
import type { maskRejections } from '../../schemas/records/mask-rollout.ts';
import { drawInt } from '../flow/seeds.ts';
import { beginsSentence } from './begins-sentence.ts';
import { isFunctionWord } from './function-words.ts';
import { isWordBoundary, wordSpans } from './word-spans.ts';

/** What stands in place of a hidden span. */
export const maskToken = '[mask]';

export type MaskRejection = (typeof maskRejections)[number];
export type RegulariseMode = Config['masks']['regularise'];

export type RegularisedMask =
  | {
      readonly usable: true;
      /** Times the answer occurs in the paragraph, counted left to right without overlap: at least 1. */
      readonly occurrences: number;
      /** UTF-16 starts of the replaced occurrences, ascending; each is as long as the answer. */
      readonly spanStarts: readonly number[];
      readonly maskedText: string;
    }
  | { readonly usable: false; readonly rejection: MaskRejection; readonly occurrences: number | null };

/**
 * Decides whether a mask can be asked, and asks it.
 * - `default`: fewer than `maxOccurrences` occurrences, all replaced.
 * - `one-mask`: the same condition, one occurrence replaced, drawn with `pick`.
 * - `whole-words`: the same condition; those on word boundaries at both ends are replaced, and there must be one.
 * - `content-words`: as `whole-words`, and some word of it, somewhere that it is replaced, is no function word of English.
 * @param answer after the whitespace rule (`normaliseAnswer`); null where the response had no `\mask{}`.
 * @param pick uniform draw in [0, 1), called at most once, in `one-mask` only.
 */
export function regulariseMask(
  paragraphText: string,
  answer: string | null,
  mode: RegulariseMode,
  maxOccurrences: number,
  pick: () => number,
): RegularisedMask {
  if (answer === null) return rejected('no-mask', null);
  if (answer === '') return rejected('empty-mask', null);
  const starts = occurrencesOf(paragraphText, answer);
  if (starts.length === 0) return rejected('not-in-paragraph', 0);
  if (starts.length >= maxOccurrences) return rejected('too-many-occurrences', starts.length);
  const spanStarts = replacedOccurrences(paragraphText, answer, mode, starts, pick);
  if (spanStarts.length === 0) return rejected('not-whole-words', starts.length);
  if (mode === 'content-words' && !hasContent(paragraphText, spanStarts, answer.length)) return rejected('no-content-word', starts.length);
  const pieces = piecesBetween(paragraphText, spanStarts, answer.length);
  if (!/[\p{L}\p{N}]/u.test(pieces.join(' '))) return rejected('whole-paragraph', starts.length);
  return { usable: true, occurrences: starts.length, spanStarts, maskedText: pieces.join(maskToken) };
}

/** Starts of `answer` in `text`, left to right, none overlapping the one before. */
export function occurrencesOf(text: string, answer: string): number[] {
  const starts: number[] = [];
  for (let at = text.indexOf(answer); at >= 0; at = text.indexOf(answer, at + answer.length)) starts.push(at);
  return starts;
}

/** The text without the spans of `length` at `starts`: one piece more than there are spans. */
export function piecesBetween(text: string, starts: readonly number[], length: number): string[] {
  const ends = starts.map((start) => start + length);
  return [...starts, text.length].map((start, i) => text.slice(i === 0 ? 0 : ends[i - 1], start));
}

function replacedOccurrences(
  text: string,
  answer: string,
  mode: RegulariseMode,
  starts: readonly number[],
  pick: () => number,
): readonly number[] {
  switch (mode) {
    case 'default':
      return starts;
    case 'one-mask':
      return [starts[drawInt(pick, starts.length)]!];
    case 'whole-words':
    case 'content-words': {
      const isBoundary = isWordBoundary(text);
      return starts.filter((start) => isBoundary(start) && isBoundary(start + answer.length));
    }
  }
}

function hasContent(text: string, starts: readonly number[], length: number): boolean {
  const words = wordSpans(text.slice(starts[0], starts[0]! + length));
  return starts.some((at) => words.some(({ start, end }) => !isFunctionWord(text.slice(at + start, at + end), beginsSentence(text, at + start))));
}

function rejected(rejection: MaskRejection, occurrences: number | null): RegularisedMask {
  return { usable: false, rejection, occurrences };
}
