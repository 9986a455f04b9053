/**
 * How text is cut before byte-level BPE: single digits first, then GPT-2's words (SmolLM does so). In: text. Out: pieces whose
 * concatenation is the text.
 */

/** GPT-2's pattern, in the syntax that Rust's `tokenizers` and JavaScript share; \p{White_Space} is what Rust's \s means. */
export const gpt2Pattern =
  "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\p{White_Space}\\p{L}\\p{N}]+|\\p{White_Space}+(?!\\P{White_Space})|\\p{White_Space}+";

const singleDigits = /\p{N}|\P{N}+/gu;
const words = new RegExp(gpt2Pattern, 'gu');

export function* preTokenise(text: string): Generator<string, void, undefined> {
  for (const [section] of text.matchAll(singleDigits)) {
    for (const [word] of section.matchAll(words)) yield word;
  }
}

/** The same in the form of tokenizer.json. */
export const preTokenizerJson = {
  type: 'Sequence',
  pretokenizers: [
    { type: 'Digits', individual_digits: true },
    { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true },
  ],
} as const;
