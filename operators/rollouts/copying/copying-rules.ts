/**
 * What a mask may copy: whole words of a paragraph, one name or number of it, or one word that carries content. In: a paragraph's text and the vocabulary. Out: a rule that an engine can follow without a tokenizer, as plain
 * data. Pure.
 */
import type { CopyingRule } from '../../ports/copying-rule.ts';
import { beginsSentence } from '../begins-sentence.ts';
import { contentSpans } from '../content-spans.ts';
import { isFunctionWord } from '../function-words.ts';
import { wordSpans, type Span } from '../word-spans.ts';
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
  readonly #openers: readonly Uint32Array[];

  /** @param tokens bytes of each, by id; null for those that are no text */
  constructor(tokens: readonly (Uint8Array | null)[]) {
    this.#vocabulary = packVocabulary(tokens);
    this.#tokens = new TokensByBytes(this.#vocabulary);
    this.#closers = Uint32Array.from(this.#tokens.startingWith(closing));
    this.#openers = Array.from(opening, (_, at) => Uint32Array.from(this.#tokens.from(opening, at, opening.length)));
  }

  /** @param paragraph its text; a span begins where a word begins and ends where one ends */
  wordsOf(paragraph: string): CopyingRule {
    const text = encoder.encode(paragraph);
    const edges = edgesOf(paragraph, wordSpans(paragraph));
    return this.#rule('words', text, edges, furthestEnds(text, new Set(edges.ends)), null);
  }

  /**
   * A span is a name or a number as a whole (`contentSpans`); of a paragraph without any, words.
   * @param atOnce whether a response begins with its mask: for prompts that ask for no reasoning
   */
  namesOf(paragraph: string, atOnce: boolean): CopyingRule {
    return this.#spansOf('names', paragraph, contentSpans(paragraph), atOnce);
  }

  /** A span is one word that is no function word; of a paragraph without any, words. @param atOnce as for names */
  contentWordsOf(paragraph: string, atOnce: boolean): CopyingRule {
    const words = wordSpans(paragraph).filter(({ start, end }) => !isFunctionWord(paragraph.slice(start, end), beginsSentence(paragraph, start)));
    return this.#spansOf('content-words', paragraph, words, atOnce);
  }

  #spansOf(copies: CopyingRule['copies'], paragraph: string, spans: readonly Span[], atOnce: boolean): CopyingRule {
    const openers = atOnce ? this.#openers : null;
    if (spans.length === 0) return { ...this.wordsOf(paragraph), copies, openers };
    const text = encoder.encode(paragraph);
    const edges = edgesOf(paragraph, spans);
    return this.#rule(copies, text, edges, ownEnds(text.length, edges), openers);
  }

  /** @param lastEnds by byte of the text: the last end that a copy can reach from there; the byte itself where there is none */
  #rule(copies: CopyingRule['copies'], text: Uint8Array, { begins, ends }: Edges, lastEnds: Uint32Array, openers: CopyingRule['openers']): CopyingRule {
    const isEnd = new Set(ends);
    const found = Array.from(text, (_, at) => (lastEnds[at]! > at ? this.#tokens.from(text, at, lastEnds[at]!) : []));
    const offsets = new Uint32Array(text.length + 1);
    found.forEach(({ length }, at) => (offsets[at + 1] = offsets[at]! + length));
    const starts = begins.filter((at) => lastEnds[at]! > at);
    return {
      copies,
      vocabulary: this.#vocabulary,
      opening,
      openers,
      closing,
      closers: this.#closers,
      text,
      begins: Uint32Array.from(starts),
      ends: Uint8Array.from({ length: text.length + 1 }, (_, at) => Number(isEnd.has(at))),
      continuations: Uint32Array.from(found.flat()),
      offsets,
    };
  }
}

/** In bytes, ascending; begins[i] and ends[i] are of one span. */
interface Edges {
  readonly begins: readonly number[];
  readonly ends: readonly number[];
}

/** @param spans in the order of the text, none overlapping another */
function edgesOf(paragraph: string, spans: readonly Span[]): Edges {
  const begins: number[] = [];
  const ends: number[] = [];
  let [characters, at] = [0, 0];
  const upTo = (character: number): number => {
    at += encoder.encode(paragraph.slice(characters, character)).length;
    characters = character;
    return at;
  };
  for (const { start, end } of spans) {
    begins.push(upTo(start));
    ends.push(upTo(end));
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

/** By byte: the end of the span that it stands in; the byte itself outside of all. */
function ownEnds(bytes: number, { begins, ends }: Edges): Uint32Array {
  const own = Uint32Array.from({ length: bytes + 1 }, (_, at) => at);
  begins.forEach((begin, i) => own.fill(ends[i]!, begin, ends[i]));
  return own;
}
