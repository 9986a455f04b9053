/**
 * What a mask may copy: whole words of a paragraph. In: a paragraph's text and the vocabulary. Out: a rule that an engine can follow without a tokenizer, as plain data. Pure.
 */
import type { CopyingRule } from '../../ports/copying-rule.ts';
import { wordSpans } from '../word-spans.ts';
import { packVocabulary, TokensByBytes, type VocabularyBytes } from './vocabulary-bytes.ts';

const encoder = new TextEncoder();
const opening = encoder.encode('\\mask{');
const closing = '}'.charCodeAt(0);
/** Would open, close or escape a brace; a text in which they stand is not copied across them. */
const braces = new Set(['{', '}', '\\'].map((character) => character.charCodeAt(0)));

export class CopyingRules {
  readonly #vocabulary: VocabularyBytes;
  readonly #tokens: TokensByBytes;
  readonly #closers: Uint32Array;

  /** @param tokens bytes of each, by id; null for those that are no text */
  constructor(tokens: readonly (Uint8Array | null)[]) {
    this.#vocabulary = packVocabulary(tokens);
    this.#tokens = new TokensByBytes(this.#vocabulary);
    this.#closers = Uint32Array.from(this.#tokens.startingWith(closing));
  }

  /** @param paragraph its text; a span begins where a word begins and ends where one ends */
  ruleFor(paragraph: string): CopyingRule {
    const text = encoder.encode(paragraph);
    const { begins, ends } = wordEdges(paragraph, text.length);
    const lastEnds = furthestEnds(text, ends);
    const found = Array.from(text, (_, at) => (lastEnds[at]! > at ? this.#tokens.from(text, at, lastEnds[at]!) : []));
    const offsets = new Uint32Array(text.length + 1);
    found.forEach(({ length }, at) => (offsets[at + 1] = offsets[at]! + length));
    const starts = begins.filter((at) => lastEnds[at]! > at);
    return {
      vocabulary: this.#vocabulary,
      opening,
      closing,
      closers: this.#closers,
      text,
      begins: Uint32Array.from(starts),
      ends: Uint8Array.from({ length: text.length + 1 }, (_, at) => Number(ends.has(at))),
      continuations: Uint32Array.from(found.flat()),
      offsets,
    };
  }
}

/** Of all words, in bytes. */
function wordEdges(paragraph: string, bytes: number): { readonly begins: readonly number[]; readonly ends: ReadonlySet<number> } {
  const begins: number[] = [];
  const ends = new Set<number>();
  let [characters, at] = [0, 0];
  const upTo = (character: number): number => {
    at += encoder.encode(paragraph.slice(characters, character)).length;
    characters = character;
    return at;
  };
  for (const { start, end } of wordSpans(paragraph)) {
    begins.push(upTo(start));
    ends.add(Math.min(bytes, upTo(end)));
  }
  return { begins, ends };
}

/** By byte: the last end of a word that can be reached from there without a brace between; the byte itself where there is none. */
function furthestEnds(text: Uint8Array, ends: ReadonlySet<number>): Uint32Array {
  const furthest = new Uint32Array(text.length + 1);
  let last = 0;
  for (let at = text.length; at >= 0; at--) {
    if (braces.has(text[at] ?? -1)) last = 0;
    if (last === 0 && ends.has(at)) last = at;
    furthest[at] = Math.max(at, last);
  }
  return furthest;
}
