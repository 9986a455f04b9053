/**
 * In: the metadata of a GGUF file (untrusted). Out: `tokenizer.json` and `tokenizer_config.json`, as Hugging Face has them. Wrong: MODEL_INVALID,
 * MODEL_UNSUPPORTED with the name of the field.
 */
import { shown, type ConfigReader } from '../engine/model-files/config-reader.ts';
import { byteLevelCuts, type ByteLevelCut } from './byte-level-cuts.ts';
import { ggufVocabulary } from './gguf-vocabulary.ts';
import { byteLevelBpe, byteLevelDecoder } from './tokenizer-json.ts';

type Json = Readonly<Record<string, unknown>>;

export interface GgufTokenizerFiles {
  readonly tokenizer: Json;
  readonly config: Json;
}

const preKey = 'tokenizer.ggml.pre';
const addBosKey = 'tokenizer.ggml.add_bos_token';
const templateKey = 'tokenizer.chat_template';

/** Name in `tokenizer_config.json` -> field with its id. */
const namedTokens = {
  bos_token: 'tokenizer.ggml.bos_token_id',
  eos_token: 'tokenizer.ggml.eos_token_id',
  unk_token: 'tokenizer.ggml.unknown_token_id',
  pad_token: 'tokenizer.ggml.padding_token_id',
} as const;

/** @throws MODEL_INVALID, MODEL_UNSUPPORTED */
export function ggufTokenizerFiles(metadata: ConfigReader): GgufTokenizerFiles {
  const cut = cutOf(metadata);
  const { tokens, vocab, merges, added } = ggufVocabulary(metadata);
  const named = Object.entries(namedTokens).map(([name, key]) => [name, tokenText(metadata, key, tokens, vocab)] as const);
  const tokenizer = {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: added,
    normalizer: cut.normalizer,
    pre_tokenizer: cut.preTokenizer,
    post_processor: metadata.flag(addBosKey, cut.addsBos) ? bosBeforeText(metadata, tokens) : null,
    decoder: byteLevelDecoder,
    model: {
      ...byteLevelBpe,
      ignore_merges: cut.ignoresMerges,
      vocab,
      merges,
    },
  };
  const config = { tokenizer_class: 'PreTrainedTokenizerFast', clean_up_tokenization_spaces: false, ...Object.fromEntries(named), ...chatTemplate(metadata) };
  return { tokenizer, config };
}

function cutOf(metadata: ConfigReader): ByteLevelCut {
  const name = metadata.value(preKey);
  const cut = typeof name === 'string' && Object.hasOwn(byteLevelCuts, name) ? byteLevelCuts[name] : undefined;
  if (cut !== undefined) return cut;
  throw metadata.unsupported(preKey, `${shown(name)} is not known; known are ${Object.keys(byteLevelCuts).join(', ')}`);
}

/** Null for a token that the file does not name or does not use. */
function tokenText(metadata: ConfigReader, key: string, tokens: readonly string[], vocab: Readonly<Record<string, number>>): string | null {
  const [id] = metadata.tokens(key, tokens.length);
  return id !== undefined && vocab[tokens[id]!] === id ? tokens[id]! : null;
}

function bosBeforeText(metadata: ConfigReader, tokens: readonly string[]): Json {
  const key = namedTokens.bos_token;
  const [id] = metadata.tokens(key, tokens.length);
  if (id === undefined) throw metadata.invalid(key, `it is missing, but ${addBosKey} asks for it`);
  const bos = tokens[id]!;
  const first = { SpecialToken: { id: bos, type_id: 0 } };
  const text = { Sequence: { id: 'A', type_id: 0 } };
  const second = [{ SpecialToken: { id: bos, type_id: 1 } }, { Sequence: { id: 'B', type_id: 1 } }];
  return { type: 'TemplateProcessing', single: [first, text], pair: [first, text, ...second], special_tokens: { [bos]: { id: bos, ids: [id], tokens: [bos] } } };
}

function chatTemplate(metadata: ConfigReader): Json {
  if (!metadata.has(templateKey)) return {};
  const template = metadata.value(templateKey);
  if (typeof template !== 'string') throw metadata.invalid(templateKey, 'it is not a text');
  return { chat_template: template };
}
