/**
 * Follows one response under a copying rule. In: its tokens, one by one. Out: which tokens may come next. Nothing can go wrong: a response that left the rule goes on without one until the next
 * opening.
 */
import type { CopyingRule } from '../../ports/copying-rule.ts';
import { bytesOfToken } from './vocabulary-bytes.ts';

export class CopyingWalk {
  readonly #rule: CopyingRule;
  /** Bytes of the opening that the response ends with. */
  #opened = 0;
  /** Where in the text the copy may be; null outside of one. */
  #places: Uint32Array | null = null;
  #isEmpty = true;
  #wasOpen = false;

  constructor(rule: CopyingRule) {
    this.#rule = rule;
  }

  /** Ascending, at least one; null: any. */
  allowed(): readonly number[] | null {
    if (this.#places === null) return this.#mustOpen();
    const { continuations, offsets, closers } = this.#rule;
    const tokens = new Set<number>();
    for (const place of this.#places) for (const token of continuations.subarray(offsets[place], offsets[place + 1])) tokens.add(token);
    if (this.#mayEnd(this.#places)) for (const token of closers) tokens.add(token);
    return tokens.size === 0 ? null : [...tokens].sort((a, b) => a - b);
  }

  take(token: number): void {
    for (const byte of bytesOfToken(this.#rule.vocabulary, token)) this.#takeByte(byte);
  }

  #takeByte(byte: number): void {
    const { opening, closing, text, begins } = this.#rule;
    if (this.#places === null) {
      this.#opened = byte === opening[this.#opened] ? this.#opened + 1 : Number(byte === opening[0]);
      if (this.#opened < opening.length) return;
      this.#opened = 0;
      this.#places = begins;
      this.#wasOpen = true;
      this.#isEmpty = true;
    } else if (byte === closing && this.#mayEnd(this.#places)) {
      this.#places = null;
    } else {
      const places = this.#places.filter((place) => text[place] === byte).map((place) => place + 1);
      this.#places = places.length === 0 ? null : places;
      if (places.length === 0) this.#opened = Number(byte === opening[0]);
      this.#isEmpty = false;
    }
  }

  #mustOpen(): readonly number[] | null {
    const openers = this.#wasOpen ? undefined : this.#rule.openers?.[this.#opened];
    return openers === undefined || openers.length === 0 ? null : [...openers].sort((a, b) => a - b);
  }

  #mayEnd(places: Uint32Array): boolean {
    return !this.#isEmpty && places.some((place) => this.#rule.ends[place] === 1);
  }
}

/** By token of a response: what could have come there. */
export function allowedTokens(rule: CopyingRule, tokens: readonly number[]): (readonly number[] | null)[] {
  const walk = new CopyingWalk(rule);
  return tokens.map((token) => {
    const allowed = walk.allowed();
    walk.take(token);
    return allowed;
  });
}
