/**
 * In: a model's config. Out: the `config.json` with which Hugging Face transformers builds the same model.
 * Wrong: MODEL_UNSUPPORTED where no class there has that combination.
 */
import { PretrainZeroError } from '../../../schemas/pretrain-zero-error.ts';
import { formatExperts, type Experts } from './experts-config.ts';
import { windowOfLayer } from './layer-kinds.ts';
import type { ModelConfig } from './model-config.ts';
import { formatRope } from './rope-config.ts';

/** The inverse of `parseModelConfig`. */
export function huggingFaceConfig(config: ModelConfig): Record<string, unknown> {
  return {
    ...classFields(config),
    vocab_size: config.vocabularySize,
    hidden_size: config.width,
    intermediate_size: config.ffnWidth,
    num_hidden_layers: config.layers,
    num_attention_heads: config.heads,
    num_key_value_heads: config.kvHeads,
    head_dim: config.headDim,
    hidden_act: 'silu',
    max_position_embeddings: config.maxPositions,
    rms_norm_eps: config.rmsNormEps,
    ...formatRope(config),
    tie_word_embeddings: config.tiedEmbeddings,
    bos_token_id: config.bosToken,
    eos_token_id: config.eosTokens.length > 1 ? config.eosTokens : (config.eosTokens[0] ?? null),
    initializer_range: 0.02,
    torch_dtype: 'float32',
    use_cache: true,
  };
}

function classFields(config: ModelConfig): Record<string, unknown> {
  const { qkNorm, attentionBias, slidingWindow } = config;
  const isMixed = config.noRopeLayers.length > 0 || config.fullAttentionLayers.length > 0;
  if (config.experts !== null) return expertFields(config, config.experts);
  if (qkNorm && attentionBias) throw noClass('attentionBias', 'QK-norm with biases on query, key and value alone');
  if ((qkNorm || attentionBias) && config.noRopeLayers.length > 0) throw noClass('noRopeLayers', 'layers without RoPE beside QK-norm or biases');
  if (qkNorm) return { architectures: ['Qwen3ForCausalLM'], model_type: 'qwen3', attention_bias: false, ...windowFields(config) };
  if (attentionBias) return { architectures: ['Qwen2ForCausalLM'], model_type: 'qwen2', ...windowFields(config) };
  if (isMixed) return smolLm3Fields(config);
  if (slidingWindow !== null) return { architectures: ['MistralForCausalLM'], model_type: 'mistral', sliding_window: slidingWindow };
  return { architectures: ['LlamaForCausalLM'], model_type: 'llama', attention_bias: false, mlp_bias: false };
}

function expertFields(config: ModelConfig, experts: Experts): Record<string, unknown> {
  const { qkNorm, attentionBias, slidingWindow } = config;
  if (!qkNorm || attentionBias) throw noClass('experts', 'experts beside attention that is not Qwen3\'s');
  if (config.noRopeLayers.length > 0 || config.fullAttentionLayers.length > 0) throw noClass('experts', 'experts, and layers that differ in their attention');
  const windows = { sliding_window: slidingWindow, use_sliding_window: slidingWindow !== null };
  return { architectures: ['Qwen3MoeForCausalLM'], model_type: 'qwen3_moe', attention_bias: false, ...windows, ...formatExperts(experts, config.layers) };
}

/** The one class with layers without RoPE, and the one of plain blocks whose layers may differ in their window. */
function smolLm3Fields(config: ModelConfig): Record<string, unknown> {
  return {
    architectures: ['SmolLM3ForCausalLM'],
    model_type: 'smollm3',
    attention_bias: false,
    mlp_bias: false,
    no_rope_layers: byLayer(config, (layer) => (config.noRopeLayers.includes(layer) ? 0 : 1)),
    pad_token_id: null, // the class has one beyond small vocabularies
    ...windowFields(config),
  };
}

/** `max_window_layers` is for versions of transformers that do not know `layer_types`. */
function windowFields(config: ModelConfig): Record<string, unknown> {
  const { slidingWindow, layers } = config;
  const windows = byLayer(config, (layer) => windowOfLayer(config, layer));
  const firstWindowed = windows.findIndex((window) => window !== null);
  return {
    sliding_window: slidingWindow,
    use_sliding_window: slidingWindow !== null,
    max_window_layers: firstWindowed < 0 ? layers : firstWindowed,
    ...(slidingWindow === null ? {} : { layer_types: windows.map((window) => (window === null ? 'full_attention' : 'sliding_attention')) }),
  };
}

function byLayer<T>({ layers }: ModelConfig, value: (layer: number) => T): T[] {
  return Array.from({ length: layers }, (_, layer) => value(layer));
}

function noClass(key: string, what: string): PretrainZeroError {
  return new PretrainZeroError('MODEL_UNSUPPORTED', `No Hugging Face class has ${what}`, { key });
}
