/**
 * In: a model's config. Out: the `config.json` with which Hugging Face transformers builds the same model.
 * Wrong: MODEL_UNSUPPORTED where no class there has that combination.
 */
import { PretrainZeroError } from '../../../schemas/pretrain-zero-error.ts';
import type { ModelConfig } from './model-config.ts';

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
    rope_theta: config.ropeTheta,
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
  const window = { sliding_window: slidingWindow, use_sliding_window: slidingWindow !== null, max_window_layers: 0 };
  if (qkNorm && attentionBias) {
    throw new PretrainZeroError('MODEL_UNSUPPORTED', 'No Hugging Face class has QK-norm with biases on query, key and value alone', {
      key: 'attentionBias',
    });
  }
  if (qkNorm) return { architectures: ['Qwen3ForCausalLM'], model_type: 'qwen3', attention_bias: false, ...window };
  if (attentionBias) return { architectures: ['Qwen2ForCausalLM'], model_type: 'qwen2', ...window };
  if (slidingWindow !== null) return { architectures: ['MistralForCausalLM'], model_type: 'mistral', sliding_window: slidingWindow };
  return { architectures: ['LlamaForCausalLM'], model_type: 'llama', attention_bias: false, mlp_bias: false };
}
