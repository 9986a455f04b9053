/** How byte-level BPE tokenizers cut text before merging, by the names that GGUF files give them (`tokenizer.ggml.pre`), in the form of tokenizer.json. */
import { preTokenizerJson } from './pre-tokenisation.ts';

export interface ByteLevelCut {
  readonly normalizer: object | null;
  readonly preTokenizer: object;
  /** A piece that is a token as a whole is taken as it is. */
  readonly ignoresMerges: boolean;
  /** Whether a token is put before every text where the file does not say so. */
  readonly addsBos: boolean;
}

const plainByteLevel = { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true } as const;

/** The cut of Qwen 2 and Llama 3, which take digits in runs of other lengths. */
function splitPattern(digits: string): object {
  const pattern = `(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|${digits}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+`;
  return {
    type: 'Sequence',
    pretokenizers: [
      { type: 'Split', pattern: { Regex: pattern }, behavior: 'Isolated', invert: false },
      { ...plainByteLevel, use_regex: false },
    ],
  };
}

const gpt2: ByteLevelCut = { normalizer: null, preTokenizer: plainByteLevel, ignoresMerges: false, addsBos: false };

export const byteLevelCuts: Readonly<Record<string, ByteLevelCut>> = {
  smollm: { ...gpt2, preTokenizer: preTokenizerJson },
  qwen2: { ...gpt2, normalizer: { type: 'NFC' }, preTokenizer: splitPattern('\\p{N}') },
  'llama-bpe': { ...gpt2, preTokenizer: splitPattern('\\p{N}{1,3}'), ignoresMerges: true, addsBos: true },
  'gpt-2': gpt2,
  default: gpt2,
};
