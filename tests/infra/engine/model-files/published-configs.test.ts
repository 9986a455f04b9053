/** The `config.json` of models as they are published, with the fields that the engine has no use for. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseModelConfig, type ModelConfig } from '../../../../infra/engine/model-files/model-config.ts';

const common = { attention_dropout: 0, hidden_act: 'silu', initializer_range: 0.02, torch_dtype: 'bfloat16', use_cache: true };

const published: Readonly<Record<string, { readonly json: object; readonly expected: Partial<ModelConfig> }>> = {
  'Llama 2 7B': {
    json: {
      architectures: ['LlamaForCausalLM'], model_type: 'llama', bos_token_id: 1, eos_token_id: 2, hidden_size: 4096, intermediate_size: 11008, max_position_embeddings: 4096,
      num_attention_heads: 32, num_hidden_layers: 32, num_key_value_heads: 32, pretraining_tp: 1, rms_norm_eps: 1e-5, rope_scaling: null, tie_word_embeddings: false, vocab_size: 32000,
    },
    expected: { headDim: 128, kvHeads: 32, ropeTheta: 10_000, ropeScaling: null, tiedEmbeddings: false, rmsNormEps: 1e-5 },
  },
  'Llama 3.2 1B': {
    json: {
      architectures: ['LlamaForCausalLM'], model_type: 'llama', attention_bias: false, bos_token_id: 128000, eos_token_id: 128001, head_dim: 64, hidden_size: 2048, intermediate_size: 8192,
      max_position_embeddings: 131072, mlp_bias: false, num_attention_heads: 32, num_hidden_layers: 16, num_key_value_heads: 8, pretraining_tp: 1, rms_norm_eps: 1e-5,
      rope_scaling: { factor: 32, high_freq_factor: 4, low_freq_factor: 1, original_max_position_embeddings: 8192, rope_type: 'llama3' },
      rope_theta: 500000, tie_word_embeddings: true, vocab_size: 128256,
    },
    expected: {
      headDim: 64, ropeTheta: 500_000, tiedEmbeddings: true,
      ropeScaling: { kind: 'llama3', factor: 32, lowFrequencyFactor: 1, highFrequencyFactor: 4, originalPositions: 8192 },
    },
  },
  'Mistral 7B v0.1': {
    json: {
      architectures: ['MistralForCausalLM'], model_type: 'mistral', bos_token_id: 1, eos_token_id: 2, hidden_size: 4096, intermediate_size: 14336, max_position_embeddings: 32768,
      num_attention_heads: 32, num_hidden_layers: 32, num_key_value_heads: 8, rms_norm_eps: 1e-5, rope_theta: 10000, sliding_window: 4096, tie_word_embeddings: false, vocab_size: 32000,
    },
    expected: { slidingWindow: 4096, fullAttentionLayers: [], noRopeLayers: [], headDim: 128 },
  },
  'Qwen2.5 7B with YaRN': {
    json: {
      architectures: ['Qwen2ForCausalLM'], model_type: 'qwen2', bos_token_id: 151643, eos_token_id: 151645, hidden_size: 3584, intermediate_size: 18944, max_position_embeddings: 32768,
      max_window_layers: 28, num_attention_heads: 28, num_hidden_layers: 28, num_key_value_heads: 4, rms_norm_eps: 1e-6, rope_theta: 1000000, sliding_window: 131072,
      rope_scaling: { factor: 4, original_max_position_embeddings: 32768, type: 'yarn' }, tie_word_embeddings: false, use_sliding_window: false, vocab_size: 152064,
    },
    expected: {
      attentionBias: true, slidingWindow: null, fullAttentionLayers: [],
      ropeScaling: { kind: 'yarn', factor: 4, attentionFactor: 0.1 * Math.log(4) + 1, betaFast: 32, betaSlow: 1, truncate: true, originalPositions: 32768 },
    },
  },
  'Qwen3 4B': {
    json: {
      architectures: ['Qwen3ForCausalLM'], model_type: 'qwen3', attention_bias: false, bos_token_id: 151643, eos_token_id: 151643, head_dim: 128, hidden_size: 2560, intermediate_size: 9728,
      max_position_embeddings: 32768, max_window_layers: 36, num_attention_heads: 32, num_hidden_layers: 36, num_key_value_heads: 8, rms_norm_eps: 1e-6, rope_scaling: null,
      rope_theta: 1000000, sliding_window: null, tie_word_embeddings: true, use_sliding_window: false, vocab_size: 151936,
    },
    expected: { qkNorm: true, headDim: 128, slidingWindow: null, ropeTheta: 1_000_000 },
  },
  'Qwen3 30B-A3B': {
    json: {
      architectures: ['Qwen3MoeForCausalLM'], model_type: 'qwen3_moe', attention_bias: false, bos_token_id: 151643, decoder_sparse_step: 1, eos_token_id: 151643, head_dim: 128,
      hidden_size: 2048, intermediate_size: 6144, max_position_embeddings: 32768, max_window_layers: 48, mlp_only_layers: [], moe_intermediate_size: 768, norm_topk_prob: true,
      num_attention_heads: 32, num_experts: 128, num_experts_per_tok: 8, num_hidden_layers: 48, num_key_value_heads: 4, output_router_logits: false, rms_norm_eps: 1e-6,
      rope_scaling: null, rope_theta: 1000000, router_aux_loss_coef: 0.001, sliding_window: null, tie_word_embeddings: false, use_sliding_window: false, vocab_size: 151936,
    },
    expected: {
      qkNorm: true, headDim: 128, kvHeads: 4, slidingWindow: null,
      experts: { count: 128, perToken: 8, width: 768, normalised: true, layers: Array.from({ length: 48 }, (_, layer) => layer) },
    },
  },
  'SmolLM2 135M': {
    json: {
      architectures: ['LlamaForCausalLM'], model_type: 'llama', attention_bias: false, bos_token_id: 0, eos_token_id: 0, hidden_size: 576, intermediate_size: 1536, is_llama_config: true,
      max_position_embeddings: 8192, mlp_bias: false, num_attention_heads: 9, num_hidden_layers: 30, num_key_value_heads: 3, pretraining_tp: 1, rms_norm_eps: 1e-5,
      rope_interleaved: false, rope_scaling: null, rope_theta: 100000, tie_word_embeddings: true, vocab_size: 49152,
    },
    expected: { headDim: 64, ropeTheta: 100_000, tiedEmbeddings: true },
  },
  'SmolLM3 3B': {
    json: {
      architectures: ['SmolLM3ForCausalLM'], model_type: 'smollm3', attention_bias: false, bos_token_id: 128000, eos_token_id: 128001, hidden_size: 2048, intermediate_size: 11008,
      layer_types: Array<string>(36).fill('full_attention'), max_position_embeddings: 65536, max_window_layers: 28, mlp_bias: false, no_rope_layer_interval: 4,
      no_rope_layers: Array.from({ length: 36 }, (_, layer) => (layer % 4 === 3 ? 0 : 1)), num_attention_heads: 16, num_hidden_layers: 36, num_key_value_heads: 4, pad_token_id: 128004,
      pretraining_tp: 2, rms_norm_eps: 1e-6, rope_scaling: null, rope_theta: 5000000, sliding_window: null, use_sliding_window: false, vocab_size: 128256,
    },
    expected: { noRopeLayers: [3, 7, 11, 15, 19, 23, 27, 31, 35], slidingWindow: null, ropeTheta: 5_000_000, tiedEmbeddings: true },
  },
};

for (const [name, { json, expected }] of Object.entries(published)) {
  test(`the config of ${name} is read`, () => {
    const config = parseModelConfig({ ...common, ...json }, 'config.json');
    for (const [key, value] of Object.entries(expected)) assert.deepEqual(config[key as keyof ModelConfig], value, key);
  });
}
