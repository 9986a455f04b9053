/** Reads a text from left to right. In: a text. Out: what stands at the place it has come to; white space between tokens is passed over. Pure but for its place. */
import { Unreadable } from './unreadable.ts';

export class Scanner {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get at(): number {
    return this.#at;
  }

  /** Goes back (or forth) to a place. */
  moveTo(at: number): void {
    this.#at = at;
  }

  skipSpace(): void {
    while (this.#text[this.#at] === ' ') this.#at++;
  }

  get atEnd(): boolean {
    this.skipSpace();
    return this.#at >= this.#text.length;
  }

  /** The next character, empty at the end. */
  peek(): string {
    this.skipSpace();
    return this.#text[this.#at] ?? '';
  }

  /** Whether the text goes on with this; a command only where its name ends there. */
  sees(token: string): boolean {
    this.skipSpace();
    if (!this.#text.startsWith(token, this.#at)) return false;
    return !/^\\[a-zA-Z]+$/.test(token) || !/[a-zA-Z]/.test(this.#text[this.#at + token.length] ?? '');
  }

  /** Takes it where `sees` it. */
  take(token: string): boolean {
    if (!this.sees(token)) return false;
    this.#at += token.length;
    return true;
  }

  /** Takes it, or throws `Unreadable` where something else stands. */
  mustTake<T extends string>(token: T): T {
    if (!this.take(token)) throw new Unreadable();
    return token;
  }

  /** Takes what a sticky pattern matches here. */
  takeMatch(pattern: RegExp): string | null {
    this.skipSpace();
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text);
    if (match === null) return null;
    this.#at += match[0].length;
    return match[0];
  }

  /** The text within braces from here, balanced; null where there is no brace or it does not close. */
  takeBraced(): string | null {
    if (this.peek() !== '{') return null;
    let depth = 0;
    for (let end = this.#at; end < this.#text.length; end++) {
      if (this.#text[end] === '\\') end++;
      else if (this.#text[end] === '{') depth++;
      else if (this.#text[end] === '}' && --depth === 0) {
        const inner = this.#text.slice(this.#at + 1, end);
        this.#at = end + 1;
        return inner;
      }
    }
    return null;
  }
}
