/**
 * In: the JSON of a Hugging Face `config.json` (untrusted). Out: what the engine must know of a decoder-only model of the
 * Llama family. Wrong: MODEL_INVALID for a missing or senseless field, MODEL_UNSUPPORTED, naming the field, for one that
 * changes the mathematics in a way that the engine does not follow.
 */
import { join } from 'node:path';
import { PretrainZeroError } from '../../../schemas/pretrain-zero-error.ts';
import { ConfigReader } from './config-reader.ts';
import { parseExperts, type Experts } from './experts-config.ts';
import { parseLayerKinds, type LayerKinds, type WindowPlace } from './layer-kinds.ts';
import { readJsonFile } from './read-json-file.ts';
import { parseRope, type RopeScaling } from './rope-config.ts';
import { refuseUnsupported } from './unsupported-config.ts';

/** RMSNorm, RoPE, grouped-query attention, SwiGLU, pre-norm residual blocks. */
export interface ModelConfig extends LayerKinds {
  readonly architecture: 'llama';
  readonly vocabularySize: number;
  /** Size of the residual stream (`hidden_size`). */
  readonly width: number;
  readonly layers: number;
  readonly heads: number;
  /** Key and value heads; divides `heads`. */
  readonly kvHeads: number;
  /** Size of one head; even. `heads * headDim` may differ from `width`. */
  readonly headDim: number;
  /** Inner size of the feed-forward block (`intermediate_size`). */
  readonly ffnWidth: number;
  readonly rmsNormEps: number;
  /** Base of the rotary embedding; the halves of a head are rotated (not interleaved pairs). */
  readonly ropeTheta: number;
  readonly ropeScaling: RopeScaling | null;
  readonly maxPositions: number;
  /** The output projection is the embedding. */
  readonly tiedEmbeddings: boolean;
  /** RMSNorm over each head of query and key, before RoPE (Qwen3). */
  readonly qkNorm: boolean;
  /** Biases on the query, key and value projections, none on the output projection (Qwen2). */
  readonly attentionBias: boolean;
  /** Of a model of experts (Qwen3-MoE): null where every feed-forward block is one. */
  readonly experts: Experts | null;
  readonly bosToken: number | null;
  readonly eosTokens: readonly number[];
}

/** What a Hugging Face class adds to the common block, and its defaults where they differ. */
interface Family {
  readonly qkNorm: boolean;
  readonly attentionBias: boolean;
  /** `head_dim` where the file has none; null: width / heads. */
  readonly headDim: number | null;
  readonly window: WindowPlace;
  /** `rope_theta` where the file has none. */
  readonly ropeTheta: number;
  /** `tie_word_embeddings` where the file has none. */
  readonly tiedEmbeddings: boolean;
  readonly hasExperts: boolean;
  /** Absent `num_key_value_heads` means as many as `num_attention_heads`; elsewhere the class has a number of its own. */
  readonly kvHeadsOptional: boolean;
}

const plain = { qkNorm: false, attentionBias: false, headDim: null, window: 'never', ropeTheta: 10_000, tiedEmbeddings: false, hasExperts: false, kvHeadsOptional: false } as const;
const families: Readonly<Record<string, Family>> = {
  LlamaForCausalLM: { ...plain, kvHeadsOptional: true },
  MistralForCausalLM: { ...plain, window: 'always' },
  Qwen2ForCausalLM: { ...plain, attentionBias: true, window: 'upper-layers' },
  Qwen3ForCausalLM: { ...plain, qkNorm: true, headDim: 128, window: 'upper-layers' },
  Qwen3MoeForCausalLM: { ...plain, qkNorm: true, window: 'all-if-used', hasExperts: true },
  SmolLM3ForCausalLM: { ...plain, window: 'no-rope-layers', ropeTheta: 2_000_000, tiedEmbeddings: true },
};

/**
 * @param json parsed `config.json`
 * @param file its path, for messages
 * @throws MODEL_INVALID, MODEL_UNSUPPORTED
 */
export function parseModelConfig(json: unknown, file: string): ModelConfig {
  const read = new ConfigReader(json, file);
  const family = familyOf(read);
  refuseUnsupported(read, { noRopeLayers: family.window === 'no-rope-layers', experts: family.hasExperts });
  const width = read.count('hidden_size');
  const heads = read.count('num_attention_heads');
  const layers = read.count('num_hidden_layers');
  const kvHeads = kvHeadsOf(read, family, heads);
  const headDim = headDimOf(read, family, width, heads);
  if (heads % kvHeads !== 0) throw read.invalid('num_key_value_heads', `${kvHeads} does not divide ${heads} heads`);
  if (headDim % 2 !== 0) throw read.invalid('head_dim', `${headDim} is odd, which RoPE cannot rotate`);
  const vocabularySize = read.count('vocab_size');
  const maxPositions = read.count('max_position_embeddings');
  return {
    architecture: 'llama',
    vocabularySize,
    width,
    layers,
    heads,
    kvHeads,
    headDim,
    ffnWidth: read.count('intermediate_size'),
    rmsNormEps: read.positive('rms_norm_eps', 1e-6),
    ...parseRope(read, family.ropeTheta, maxPositions),
    maxPositions,
    tiedEmbeddings: read.flag('tie_word_embeddings', family.tiedEmbeddings),
    qkNorm: family.qkNorm,
    attentionBias: family.attentionBias,
    experts: family.hasExperts ? parseExperts(read, layers) : null,
    ...parseLayerKinds(read, family.window, layers),
    bosToken: read.tokens('bos_token_id', vocabularySize)[0] ?? null,
    eosTokens: read.tokens('eos_token_id', vocabularySize),
  };
}

function familyOf(read: ConfigReader): Family {
  const architectures = read.value('architectures');
  const name = Array.isArray(architectures) ? (architectures as unknown[])[0] : undefined;
  const family = typeof name === 'string' && Object.hasOwn(families, name) ? families[name] : undefined;
  if (family !== undefined) return family;
  const known = Object.keys(families).join(', ');
  throw new PretrainZeroError('MODEL_UNSUPPORTED', `architectures is ${JSON.stringify(architectures)}; known are ${known}`, {
    file: read.file,
    key: 'architectures',
  });
}

function kvHeadsOf(read: ConfigReader, family: Family, heads: number): number {
  const left = read.value('num_key_value_heads');
  return left === null || (left === undefined && family.kvHeadsOptional) ? heads : read.count('num_key_value_heads');
}

function headDimOf(read: ConfigReader, family: Family, width: number, heads: number): number {
  if (read.has('head_dim')) return read.count('head_dim');
  if (family.headDim !== null && read.value('head_dim') === undefined) return family.headDim;
  if (width % heads !== 0) throw read.invalid('num_attention_heads', `${heads} does not divide hidden_size ${width}`);
  return width / heads;
}

const largestConfigBytes = 4 * 2 ** 20; // real ones have a few kilobytes

/**
 * Reads `config.json` of a model folder.
 * @throws MODEL_INVALID, MODEL_UNSUPPORTED
 */
export async function readModelConfig(directory: string): Promise<ModelConfig> {
  const file = join(directory, 'config.json');
  return parseModelConfig(await readJsonFile(file, largestConfigBytes), file);
}
