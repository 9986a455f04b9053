/**
 * A tokenizer for tests: one token a UTF-8 byte (id = byte + 3), special tokens `<pad>` 0, `<bos>` 1, `<end>` 2.
 * Lossless on every well-formed text.
 */
import type { Tokenizer } from '../operators/ports/tokenizer.ts';

export const stubBosToken = 1;
export const stubEndToken = 2;
export const stubVocabularySize = 259;
const firstByte = 3;
const specials = ['<pad>', '<bos>', '<end>'];

export interface StubTokenizerOptions {
  /** @default null: no chat template. `true`: `<bos>system: ...\nuser: ...\nassistant: `. */
  readonly chat?: boolean;
  /** @default stubBosToken */
  readonly bosToken?: number | null;
}

export function createStubTokenizer(options: StubTokenizerOptions = {}): Tokenizer {
  const encode = (text: string): number[] => [...new TextEncoder().encode(text)].map((byte) => byte + firstByte);
  return {
    encode,
    decode: (tokens) => new TextDecoder().decode(Uint8Array.from(tokens.filter((t) => t >= firstByte).map((t) => t - firstByte))),
    tokenBytes: () => Array.from({ length: stubVocabularySize }, (_, id) => (id < firstByte ? null : Uint8Array.of(id - firstByte))),
    bosToken: options.bosToken === undefined ? stubBosToken : options.bosToken,
    stopTokens: [stubEndToken],
    chat:
      options.chat === true
        ? (messages) => `<bos>${messages.map((m) => `${m.role}: ${m.content}\n`).join('')}assistant: `
        : null,
    encodeWithSpecials: (text) =>
      text.split(/(<pad>|<bos>|<end>)/).flatMap((part) => {
        const special = specials.indexOf(part);
        return special >= 0 ? [special] : encode(part);
      }),
  };
}
