/**
 * A vocabulary as bytes, in memory that threads share: what tells which tokens spell the next piece of a text. In: the bytes of each token. Out: views, and tokens by their bytes. Pure.
 */

/** Plain data, which goes to other threads without being copied. */
export interface VocabularyBytes {
  /** All tokens, one after the other. */
  readonly bytes: Uint8Array;
  /** [tokens + 1]: token t has those from offsets[t] to offsets[t + 1]; none where it is no text. */
  readonly offsets: Uint32Array;
}

export function packVocabulary(tokens: readonly (Uint8Array | null)[]): VocabularyBytes {
  const total = tokens.reduce((sum, token) => sum + (token?.length ?? 0), 0);
  const bytes = new Uint8Array(new SharedArrayBuffer(total));
  const offsets = new Uint32Array(new SharedArrayBuffer(4 * (tokens.length + 1)));
  let at = 0;
  for (const [id, token] of tokens.entries()) {
    if (token !== null) bytes.set(token, at);
    at += token?.length ?? 0;
    offsets[id + 1] = at;
  }
  return { bytes, offsets };
}

/** Empty for a token that is no text, and for one that is not there. */
export function bytesOfToken({ bytes, offsets }: VocabularyBytes, token: number): Uint8Array {
  return bytes.subarray(offsets[token] ?? 0, offsets[token + 1] ?? 0);
}

/** Finds tokens by what they spell. */
export class TokensByBytes {
  readonly #tokens = new Map<string, number[]>();
  readonly #longest: number;

  constructor(vocabulary: VocabularyBytes) {
    let longest = 0;
    for (let token = 0; token + 1 < vocabulary.offsets.length; token++) {
      const bytes = bytesOfToken(vocabulary, token);
      if (bytes.length === 0) continue;
      const key = latin1(bytes);
      this.#tokens.set(key, [...(this.#tokens.get(key) ?? []), token]);
      longest = Math.max(longest, bytes.length);
    }
    this.#longest = longest;
  }

  /** Tokens that spell a beginning of `text` from `start` on, the shortest first. @param end exclusive */
  from(text: Uint8Array, start: number, end: number): number[] {
    const found: number[] = [];
    const spelt = latin1(text.subarray(start, Math.min(end, start + this.#longest)));
    for (let length = 1; length <= spelt.length; length++) found.push(...(this.#tokens.get(spelt.slice(0, length)) ?? []));
    return found;
  }

  /** Tokens whose first byte is this, ascending. */
  startingWith(byte: number): number[] {
    const first = String.fromCharCode(byte);
    return [...this.#tokens].flatMap(([key, tokens]) => (key.startsWith(first) ? tokens : [])).sort((a, b) => a - b);
  }
}

function latin1(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}
