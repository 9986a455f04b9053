/**
 * In: the metadata of a GGUF file (untrusted). Out: the vocabulary of its byte-level BPE tokenizer. Wrong: MODEL_INVALID, MODEL_UNSUPPORTED with the name
 * of the field.
 */
import type { ConfigReader } from '../engine/model-files/config-reader.ts';
import type { AddedTokenJson } from './tokenizer-json.ts';

export interface GgufVocabulary {
  /** Text of every id, also of those that are not used. */
  readonly tokens: readonly string[];
  /** What merging may give: token -> id. */
  readonly vocab: Readonly<Record<string, number>>;
  /** `left right`, in order of application. */
  readonly merges: readonly string[];
  /** Tokens that are looked for before merging. */
  readonly added: readonly AddedTokenJson[];
}

const tokensKey = 'tokenizer.ggml.tokens';
const typesKey = 'tokenizer.ggml.token_type';
const mergesKey = 'tokenizer.ggml.merges';

/** llama.cpp's kinds of token. The sixth, single bytes, belongs to other tokenizers. */
const kinds = { normal: 1, unknown: 2, control: 3, userDefined: 4, unused: 5 } as const;

/** @throws MODEL_INVALID, MODEL_UNSUPPORTED */
export function ggufVocabulary(metadata: ConfigReader): GgufVocabulary {
  const tokens = texts(metadata, tokensKey);
  const types = tokenTypes(metadata, tokens.length);
  const entries = new Map<string, number>();
  const added: AddedTokenJson[] = [];
  for (const [id, content] of tokens.entries()) {
    if (types[id] === kinds.unused) continue;
    if (content === '') throw metadata.invalid(tokensKey, `token ${id} is empty`);
    if (entries.has(content)) throw metadata.invalid(tokensKey, `${JSON.stringify(content)} is there twice, as ${entries.get(content)!} and ${id}`);
    entries.set(content, id);
    if (types[id] === kinds.normal) continue;
    const special = types[id] !== kinds.userDefined;
    added.push({ id, content, single_word: false, lstrip: false, rstrip: false, normalized: false, special });
  }
  return { tokens, vocab: Object.fromEntries(entries), merges: checkedMerges(metadata, entries), added };
}

function tokenTypes(metadata: ConfigReader, count: number): readonly number[] {
  const types = metadata.value(typesKey);
  if (!Array.isArray(types) || types.length !== count) throw metadata.invalid(typesKey, `it is not a list of ${count}, one for each token`);
  const known: readonly unknown[] = Object.values(kinds);
  const foreign = types.findIndex((type) => !known.includes(type));
  if (foreign >= 0) throw metadata.unsupported(typesKey, `token ${foreign} is of kind ${String(types[foreign])}; byte-level BPE has ${known.join(', ')}`);
  return types as number[];
}

function checkedMerges(metadata: ConfigReader, entries: ReadonlyMap<string, number>): readonly string[] {
  const merges = texts(metadata, mergesKey);
  for (const merge of merges) {
    const [left = '', right = '', ...rest] = merge.split(' ');
    if (rest.length > 0 || !entries.has(left) || !entries.has(right) || !entries.has(left + right)) {
      throw metadata.invalid(mergesKey, `${JSON.stringify(merge.slice(0, 100))} does not join two tokens to a third`);
    }
  }
  return merges;
}

function texts(metadata: ConfigReader, key: string): readonly string[] {
  const list = metadata.value(key);
  if (Array.isArray(list) && list.length > 0 && list.every((entry) => typeof entry === 'string')) return list;
  throw metadata.invalid(key, 'it is not a list of texts');
}
