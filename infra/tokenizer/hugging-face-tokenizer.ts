/**
 * In: the parsed files of a tokenizer. Out: the Tokenizer port over `@huggingface/tokenizers`. Wrong: MODEL_INVALID,
 * MODEL_UNSUPPORTED where the library refuses the files.
 */
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';
import type { Tokenizer } from '../../operators/ports/tokenizer.ts';
import type { RenderChat } from './chat-template.ts';
import { useExactByteFallback } from './exact-byte-fallback.ts';
import { LibraryTokenizer } from './library-tokenizer.ts';
import { portablePreTokenizer } from './portable-pre-tokenizer.ts';
import { tokenBytes } from './token-bytes.ts';
import { wordByWord } from './word-by-word.ts';

type Json = Readonly<Record<string, unknown>>;

export interface TokenizerFiles {
  readonly tokenizer: Json; // tokenizer.json
  readonly config: Json; // tokenizer_config.json
  readonly file: string; // path of tokenizer.json, for messages
}

export class HuggingFaceTokenizer implements Tokenizer {
  readonly bosToken: number | null;
  readonly stopTokens: readonly number[];
  readonly chat: RenderChat | null;
  readonly #withSpecials: LibraryTokenizer;
  readonly #encode: (text: string) => number[];
  readonly #specialIds: ReadonlySet<number>;
  readonly #files: TokenizerFiles;

  /** @throws MODEL_INVALID, MODEL_UNSUPPORTED */
  constructor(files: TokenizerFiles, extra: { readonly stopTokens: readonly number[]; readonly chat: RenderChat | null }) {
    const added = addedTokens(files);
    this.#files = files;
    const json = { ...files.tokenizer, pre_tokenizer: portablePreTokenizer(files.tokenizer.pre_tokenizer, files.file) };
    this.#withSpecials = build({ ...json, added_tokens: added }, files);
    useExactByteFallback(this.#withSpecials);
    // Corpus text that spells out a special token is text: it must not become that token.
    const plainJson = { ...json, added_tokens: added.filter((token) => token.special !== true) };
    const plain = build(plainJson, files);
    this.#encode = wordByWord((text) => plain.encode(text, { add_special_tokens: false }).ids, plainJson);
    this.#specialIds = new Set(added.filter((token) => token.special === true).map((token) => token.id));
    this.bosToken = this.#prependedToken();
    this.stopTokens = extra.stopTokens;
    this.chat = extra.chat;
  }

  encode(text: string): number[] {
    return this.#encode(text);
  }

  encodeWithSpecials(text: string): number[] {
    return this.#withSpecials.encode(text, { add_special_tokens: false }).ids;
  }

  /** Ids without a token (models pad their vocabulary) decode to nothing. */
  decode(tokens: readonly number[]): string {
    const known = tokens.filter((id) => !this.#specialIds.has(id) && this.#withSpecials.id_to_token(id) !== undefined);
    return known.length === 0 ? '' : this.#withSpecials.decode(known, { clean_up_tokenization_spaces: false });
  }

  tokenBytes(): readonly (Uint8Array | null)[] {
    return tokenBytes(this.#files.tokenizer, this.#files.file);
  }

  /** The token that the tokenizer itself puts before every text, if it does. */
  #prependedToken(): number | null {
    const bare = this.#withSpecials.encode('a', { add_special_tokens: false }).ids;
    const full = this.#withSpecials.encode('a', { add_special_tokens: true }).ids;
    const first = full[0];
    return first !== undefined && first !== bare[0] && this.#specialIds.has(first) ? first : null;
  }
}

interface AddedToken {
  readonly id: number;
  readonly content: string;
  readonly special?: unknown;
}

function addedTokens({ tokenizer, file }: TokenizerFiles): AddedToken[] {
  const list: unknown = tokenizer.added_tokens ?? [];
  if (!Array.isArray(list)) throw new PretrainZeroError('MODEL_INVALID', 'added_tokens is not a list', { file, key: 'added_tokens' });
  return list.map((entry: unknown) => {
    const token = entry as Partial<AddedToken> | null;
    if (typeof token?.id === 'number' && typeof token.content === 'string') return { ...token, id: token.id, content: token.content };
    throw new PretrainZeroError('MODEL_INVALID', 'added_tokens has an entry without id or content', { file, key: 'added_tokens' });
  });
}

function build(json: Json, { config, file }: TokenizerFiles): LibraryTokenizer {
  try {
    return new LibraryTokenizer(json, config);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new PretrainZeroError('MODEL_UNSUPPORTED', `The tokenizer cannot be built: ${why}`, { file }, cause);
  }
}
