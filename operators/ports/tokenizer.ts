/** The model's tokenizer. Pure and synchronous. */
export interface Tokenizer {
  /** Token ids of plain text, without special tokens added. */
  encode(text: string): number[];
  /** Text of ids, special tokens left out, no clean-up of spaces. */
  decode(tokens: readonly number[]): string;
  /** The bytes of each token, by id: UTF-8, which a token may cut within a character; null for special tokens and ids without a token. Fails with MODEL_UNSUPPORTED where the tokenizer does not tell. */
  tokenBytes(): readonly (Uint8Array | null)[];
  readonly bosToken: number | null;
  /** Any of these ends a response. */
  readonly stopTokens: readonly number[];
  /** The chat template's rendering, where the model has one: system and user turns, with the opening of the reply. */
  readonly chat: ((messages: readonly { readonly role: 'system' | 'user'; readonly content: string }[]) => string) | null;
  /** Encodes text in which special tokens are written out (as `chat` gives). */
  encodeWithSpecials(text: string): number[];
}
