import type { MaskConstraint } from '../../schemas/records/mask-rollout.ts';

/** A constraint on samples (design: "optional constraint that a mask copies a span of its paragraph"). Plain data: what is large is shared, not copied, between threads. */
export interface CopyingRule {
  /** What of the text: any whole words, one name or number, or one word that carries content; of a text that has none of these, any whole words. */
  readonly copies: MaskConstraint;
  /** Bytes of the tokens: token t has bytes[offsets[t]] to bytes[offsets[t + 1]], none where it is no text. */
  readonly vocabulary: { readonly bytes: Uint8Array; readonly offsets: Uint32Array };
  /** Bytes after which a response may only copy. */
  readonly opening: Uint8Array;
  /** By byte of the opening: tokens that spell a next piece of it. Null: a response may say anything before it opens a copy; else it begins with the opening. */
  readonly openers: readonly Uint32Array[] | null;
  /** Byte that ends a copy. */
  readonly closing: number;
  /** Tokens that begin with `closing`, ascending. */
  readonly closers: Uint32Array;
  /** What is copied from, UTF-8. */
  readonly text: Uint8Array;
  /** Bytes of the text at which a copy may begin, ascending. */
  readonly begins: Uint32Array;
  /** [text + 1]: 1 where a copy may end before that byte. */
  readonly ends: Uint8Array;
  /** Tokens that spell what stands at byte b, and after which an end can still be reached: continuations[offsets[b]] to continuations[offsets[b + 1]]. */
  readonly continuations: Uint32Array;
  readonly offsets: Uint32Array;
}
