/**
 * In: a GGUF file's metadata and tensor list. Out: the model's config. Wrong: MODEL_INVALID, with the name of the field, where one is missing or senseless;
 * MODEL_UNSUPPORTED for what the engine does not follow.
 */
import type { ConfigReader } from '../config-reader.ts';
import { parseModelConfig, type ModelConfig } from '../model-config.ts';
import { ggufRope } from './gguf-rope.ts';
import { readGgufFile, type GgufFile } from './read-gguf-file.ts';
import { ggufArchitectures } from './refuse-foreign-gguf.ts';

const head = 'output.weight';
const fewestTensorsPerBlock = 9;

/** Reads the config alone. @throws MODEL_INVALID, MODEL_UNSUPPORTED */
export async function readGgufConfig(path: string): Promise<ModelConfig> {
  return ggufConfig(await readGgufFile(path));
}

/** @throws MODEL_INVALID, MODEL_UNSUPPORTED */
export async function ggufConfig(file: GgufFile): Promise<ModelConfig> {
  const { path, metadata, tensors } = file;
  const architecture = metadata.value('general.architecture') as string;
  const key = (field: string): string => `${architecture}.${field}`;
  const layers = metadata.count(key('block_count'));
  if (layers * fewestTensorsPerBlock > tensors.size) throw metadata.invalid(key('block_count'), `${tensors.size} tensors are not ${layers} blocks`);
  const vocabularySize = vocabularySizeOf(metadata);
  const heads = metadata.count(key('attention.head_count'));
  const kvHeads = metadata.has(key('attention.head_count_kv')) ? metadata.count(key('attention.head_count_kv')) : heads;
  if (heads % kvHeads !== 0) throw metadata.invalid(key('attention.head_count_kv'), `${kvHeads} does not divide ${heads} heads`);
  const width = metadata.count(key('embedding_length'));
  const headDim = headDimOf(metadata, key, width, heads);
  const json = {
    architectures: [ggufArchitectures[architecture]],
    vocab_size: vocabularySize,
    hidden_size: width,
    intermediate_size: metadata.count(key('feed_forward_length')),
    num_hidden_layers: layers,
    num_attention_heads: heads,
    num_key_value_heads: kvHeads,
    head_dim: headDim,
    hidden_act: 'silu',
    max_position_embeddings: metadata.count(key('context_length')),
    rms_norm_eps: required(metadata, key('attention.layer_norm_rms_epsilon')),
    ...(await ggufRope(file, headDim)),
    tie_word_embeddings: !tensors.has(head),
    bos_token_id: metadata.tokens('tokenizer.ggml.bos_token_id', vocabularySize)[0] ?? null,
    eos_token_id: ggufStopTokens(metadata),
  };
  return parseModelConfig(json, path);
}

/** The end of a text and, where it is another token, of a turn. @throws MODEL_INVALID */
export function ggufStopTokens(metadata: ConfigReader): number[] {
  const vocabularySize = vocabularySizeOf(metadata);
  const ids = ['tokenizer.ggml.eos_token_id', 'tokenizer.ggml.eot_token_id'].flatMap((key) => metadata.tokens(key, vocabularySize));
  return [...new Set(ids)];
}

function vocabularySizeOf(metadata: ConfigReader): number {
  const tokens = metadata.value('tokenizer.ggml.tokens');
  if (Array.isArray(tokens) && tokens.length > 0) return tokens.length;
  throw metadata.invalid('tokenizer.ggml.tokens', 'it is not a list of texts');
}

function headDimOf(metadata: ConfigReader, key: (field: string) => string, width: number, heads: number): number {
  if (!metadata.has(key('attention.key_length')) && width % heads !== 0) {
    throw metadata.invalid(key('attention.head_count'), `${heads} does not divide ${key('embedding_length')} ${width}`);
  }
  const headDim = metadata.has(key('attention.key_length')) ? metadata.count(key('attention.key_length')) : width / heads;
  for (const field of ['attention.value_length', 'rope.dimension_count'].map(key)) {
    if (metadata.has(field) && metadata.count(field) !== headDim) throw metadata.unsupported(field, `it is not the size of a head, ${headDim}`);
  }
  if (headDim % 2 !== 0) throw metadata.invalid(key('attention.head_count'), `it makes heads of ${headDim}, which is odd: RoPE cannot rotate them`);
  return headDim;
}

/** The decimal that was stored as a float32: 0.00001, not 0.000009999999747378752. */
function required(metadata: ConfigReader, key: string): number {
  const stored = metadata.positive(key, NaN);
  if (Number.isNaN(stored)) throw metadata.invalid(key, 'it is missing');
  for (let digits = 1; digits < 9; digits++) {
    const decimal = Number(stored.toPrecision(digits));
    if (Math.fround(decimal) === Math.fround(stored)) return decimal;
  }
  return stored;
}
