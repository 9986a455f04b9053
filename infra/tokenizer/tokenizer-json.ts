/** The form of a byte-level BPE `tokenizer.json`, as Hugging Face `tokenizers` reads it. */
import { preTokenizerJson } from './pre-tokenisation.ts';

export interface AddedTokenJson {
  readonly id: number;
  readonly content: string;
  readonly single_word: boolean;
  readonly lstrip: boolean;
  readonly rstrip: boolean;
  readonly normalized: boolean;
  readonly special: boolean;
}

export interface TokenizerJson {
  readonly version: '1.0';
  readonly truncation: null;
  readonly padding: null;
  readonly added_tokens: readonly AddedTokenJson[];
  readonly normalizer: null;
  readonly pre_tokenizer: typeof preTokenizerJson;
  readonly post_processor: null;
  readonly decoder: { readonly type: 'ByteLevel'; readonly add_prefix_space: boolean; readonly trim_offsets: boolean; readonly use_regex: boolean };
  readonly model: {
    readonly type: 'BPE';
    readonly dropout: null;
    readonly unk_token: null;
    readonly continuing_subword_prefix: null;
    readonly end_of_word_suffix: null;
    readonly fuse_unk: boolean;
    readonly byte_fallback: boolean;
    readonly ignore_merges: boolean;
    readonly vocab: Readonly<Record<string, number>>;
    /** `left right`, in order of application. */
    readonly merges: readonly string[];
  };
}

export const byteLevelDecoder = { type: 'ByteLevel', add_prefix_space: true, trim_offsets: true, use_regex: true } as const;

/** What every byte-level BPE says of itself: each byte is a token, so nothing is unknown. */
export const byteLevelBpe = {
  type: 'BPE',
  dropout: null,
  unk_token: null,
  continuing_subword_prefix: null,
  end_of_word_suffix: null,
  fuse_unk: false,
  byte_fallback: false,
} as const;

/**
 * @param tokens the vocabulary in order of id; special tokens come first, then the added words
 * @param merges pairs in order of application
 */
export function byteLevelTokenizerJson(
  tokens: readonly string[],
  merges: readonly (readonly [string, string])[],
  specialTokens: readonly string[],
  addedWords: readonly string[],
): TokenizerJson {
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: [...specialTokens, ...addedWords].map((content, id) => ({
      id,
      content,
      single_word: false,
      lstrip: false,
      rstrip: false,
      normalized: false,
      special: id < specialTokens.length,
    })),
    normalizer: null,
    pre_tokenizer: preTokenizerJson,
    post_processor: null,
    decoder: byteLevelDecoder,
    model: {
      ...byteLevelBpe,
      ignore_merges: false,
      vocab: Object.fromEntries(tokens.map((token, id) => [token, id])),
      merges: merges.map(([left, right]) => `${left} ${right}`),
    },
  };
}

/** The `tokenizer_config.json` beside it, for Hugging Face `AutoTokenizer` and for `loadTokenizer`. */
export function tokenizerConfigJson(options: {
  readonly eosToken: string;
  readonly padToken?: string;
  readonly maxPositions: number;
}): Record<string, unknown> {
  return {
    tokenizer_class: 'PreTrainedTokenizerFast',
    model_max_length: options.maxPositions,
    clean_up_tokenization_spaces: false,
    bos_token: null,
    eos_token: options.eosToken,
    pad_token: options.padToken ?? options.eosToken,
    unk_token: null,
  };
}
