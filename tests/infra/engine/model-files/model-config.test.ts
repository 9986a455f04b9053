import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { huggingFaceConfig } from '../../../../infra/engine/model-files/hugging-face-config.ts';
import { parseModelConfig, readModelConfig, type ModelConfig } from '../../../../infra/engine/model-files/model-config.ts';
import { fixturePath } from '../../../fixtures/fixture-path.ts';
import { hasCode } from './has-code.ts';

const llama = {
  architectures: ['LlamaForCausalLM'],
  vocab_size: 1000,
  hidden_size: 64,
  intermediate_size: 128,
  num_hidden_layers: 3,
  num_attention_heads: 8,
  max_position_embeddings: 512,
};
const qwen3 = { ...llama, architectures: ['Qwen3ForCausalLM'], num_key_value_heads: 4 };
const moe = { ...qwen3, architectures: ['Qwen3MoeForCausalLM'], num_experts: 4, num_experts_per_tok: 2, moe_intermediate_size: 24 };
const mistral = { ...llama, architectures: ['MistralForCausalLM'], num_key_value_heads: 4 };
const parse = (json: unknown): ModelConfig => parseModelConfig(json, 'config.json');

describe('the config of a model', () => {
  test('as transformers writes it is read', async () => {
    assert.deepEqual(await readModelConfig(fixturePath('golden', 'qwen3')), {
      architecture: 'llama',
      vocabularySize: 96,
      width: 32,
      layers: 2,
      heads: 4,
      kvHeads: 2,
      headDim: 16,
      ffnWidth: 40,
      rmsNormEps: 1e-6,
      ropeTheta: 1_000_000,
      ropeScaling: null,
      maxPositions: 1024,
      tiedEmbeddings: true,
      qkNorm: true,
      attentionBias: false,
      experts: null,
      slidingWindow: null,
      fullAttentionLayers: [],
      noRopeLayers: [],
      bosToken: 1,
      eosTokens: [2],
    } satisfies ModelConfig);
  });

  test('has the defaults of its class', () => {
    const config = parse(llama);
    assert.equal(config.kvHeads, 8);
    assert.equal(config.headDim, 8);
    assert.equal(config.rmsNormEps, 1e-6);
    assert.equal(config.ropeTheta, 10_000);
    assert.equal(config.tiedEmbeddings, false);
    assert.equal(config.slidingWindow, null);
    assert.equal(parse(qwen3).headDim, 128);
    assert.equal(parse(mistral).slidingWindow, 4096);
    const smolLm3 = parse({ ...qwen3, architectures: ['SmolLM3ForCausalLM'], no_rope_layer_interval: 3 });
    assert.deepEqual([smolLm3.ropeTheta, smolLm3.tiedEmbeddings, smolLm3.noRopeLayers], [2_000_000, true, [2]]);
  });

  test('has its rope_theta in the old or in the new place', () => {
    assert.equal(parse({ ...llama, rope_theta: 5e5 }).ropeTheta, 5e5);
    assert.equal(parse({ ...llama, rope_parameters: { rope_type: 'default', rope_theta: 1e6 } }).ropeTheta, 1e6);
    assert.equal(parse({ ...llama, rope_theta: 5e5, rope_scaling: null }).ropeTheta, 5e5);
    assert.equal(parse({ ...llama, rope_theta: 5e5, rope_scaling: { type: 'default' } }).ropeTheta, 5e5);
  });

  test('has one end token, several or none', () => {
    assert.deepEqual(parse({ ...llama, eos_token_id: [7, 9] }).eosTokens, [7, 9]);
    assert.deepEqual(parse({ ...llama, eos_token_id: 7 }).eosTokens, [7]);
    assert.deepEqual(parse({ ...llama, eos_token_id: null }).eosTokens, []);
  });

  test('has biases on query, key and value in Qwen2, and QK-norm in Qwen3', () => {
    const qwen2 = parse({ ...qwen3, architectures: ['Qwen2ForCausalLM'] });
    assert.deepEqual([qwen2.attentionBias, qwen2.qkNorm], [true, false]);
    assert.deepEqual([parse(qwen3).attentionBias, parse(qwen3).qkNorm], [false, true]);
  });

  test('has experts in the layers that Qwen3-MoE has them in', () => {
    assert.deepEqual(parse(moe).experts, { count: 4, perToken: 2, width: 24, normalised: false, layers: [0, 1, 2] });
    assert.deepEqual(parse({ ...moe, decoder_sparse_step: 2 }).experts!.layers, [1]);
    assert.deepEqual(parse({ ...moe, mlp_only_layers: [0, 2] }).experts!.layers, [1]);
    const { num_experts: count, ...others } = moe;
    assert.equal(parse({ ...others, num_local_experts: count, norm_topk_prob: true }).experts!.normalised, true);
    assert.equal(parse({ ...moe, num_experts: 0 }).experts, null);
    assert.equal(parse({ ...moe, mlp_only_layers: [0, 1, 2] }).experts, null);
    assert.deepEqual([parse(moe).headDim, parse(moe).slidingWindow], [8, null]);
    const windowed = parse({ ...moe, use_sliding_window: true, sliding_window: 16, max_window_layers: 2 });
    assert.deepEqual([windowed.slidingWindow, windowed.fullAttentionLayers], [16, []]);
  });

  test('comes back from the config.json that is written of it', () => {
    const base = parse({ ...llama, bos_token_id: 1, eos_token_id: [2, 3], tie_word_embeddings: true, rope_theta: 5e5 });
    const variants: ModelConfig[] = [
      base,
      { ...base, qkNorm: true, headDim: 32 },
      { ...base, attentionBias: true, eosTokens: [2] },
      { ...base, slidingWindow: 16, eosTokens: [] },
      { ...base, qkNorm: true, experts: { count: 5, perToken: 2, width: 24, normalised: true, layers: [0, 2] } },
      { ...base, qkNorm: true, slidingWindow: 16, experts: { count: 4, perToken: 4, width: 8, normalised: false, layers: [0, 1, 2] } },
      { ...base, slidingWindow: 16, qkNorm: true, bosToken: null },
      { ...base, slidingWindow: 16, attentionBias: true },
      { ...base, slidingWindow: 16, fullAttentionLayers: [0, 2], qkNorm: true },
      { ...base, slidingWindow: 16, fullAttentionLayers: [0], attentionBias: true },
      { ...base, slidingWindow: 16, fullAttentionLayers: [1] },
      { ...base, noRopeLayers: [2] },
      { ...base, noRopeLayers: [0, 2], slidingWindow: 16, fullAttentionLayers: [1], headDim: 32 },
      { ...base, ropeScaling: { kind: 'linear', factor: 2.5 } },
      { ...base, ropeScaling: { kind: 'dynamic', factor: 2 }, qkNorm: true },
      { ...base, ropeScaling: { kind: 'llama3', factor: 8, lowFrequencyFactor: 1, highFrequencyFactor: 4, originalPositions: 128 } },
      { ...base, attentionBias: true, ropeScaling: { kind: 'yarn', factor: 4, attentionFactor: 1.2, betaFast: 32, betaSlow: 1, truncate: false, originalPositions: 128 } },
    ];
    for (const config of variants) assert.deepEqual(parse(JSON.parse(JSON.stringify(huggingFaceConfig(config)))), config);
  });

  test('that no class of transformers has is not written', () => {
    for (const change of [{ qkNorm: false }, { attentionBias: true }, { noRopeLayers: [0] }]) {
      assert.throws(() => huggingFaceConfig({ ...parse(moe), ...change }), hasCode('MODEL_UNSUPPORTED', /experts/u));
    }
    for (const [field, change] of [['attentionBias', { attentionBias: true }], ['noRopeLayers', { noRopeLayers: [0] }]] as const) {
      assert.throws(() => huggingFaceConfig({ ...parse(qwen3), ...change }), hasCode('MODEL_UNSUPPORTED', new RegExp(field, 'u')));
    }
  });
});

describe('a config that changes the mathematics is refused by the name of its field', () => {
  for (const [field, change] of [
    ['architectures', { architectures: ['GPT2LMHeadModel'] }],
    ['architectures', { architectures: ['constructor'] }],
    ['architectures', { architectures: undefined }],
    ['hidden_act', { hidden_act: 'gelu' }],
    ['attention_bias', { attention_bias: true }],
    ['mlp_bias', { mlp_bias: true }],
    ['partial_rotary_factor', { partial_rotary_factor: 0.5 }],
    ['quantization_config', { quantization_config: { quant_method: 'gptq' } }],
    ['attn_logit_softcapping', { attn_logit_softcapping: 50 }],
    ['logits_scaling', { logits_scaling: 8 }],
    ['no_rope_layers', { no_rope_layers: [1, 1, 0] }],
    ['num_experts', { num_experts: 8 }],
    ['num_local_experts', { num_local_experts: 8 }],
    ['output_router_logits', { ...moe, output_router_logits: true }],
    ['shared_expert_intermediate_size', { ...moe, shared_expert_intermediate_size: 24 }],
  ] as const) {
    test(`${field}: ${JSON.stringify(change)}`, () => {
      assert.throws(() => parse({ ...llama, ...change }), hasCode('MODEL_UNSUPPORTED', new RegExp(field.replace('.', '\\.'), 'u')));
    });
  }
});

describe('a senseless config is refused by the name of its field', () => {
  for (const [field, change] of [
    ['hidden_size', { hidden_size: undefined }],
    ['hidden_size', { hidden_size: '64' }],
    ['hidden_size', { hidden_size: 1e12 }],
    ['num_hidden_layers', { num_hidden_layers: 0 }],
    ['num_hidden_layers', { num_hidden_layers: 1.5 }],
    ['num_attention_heads', { num_attention_heads: 7 }],
    ['num_key_value_heads', { num_key_value_heads: 3 }],
    ['num_key_value_heads', { architectures: ['Qwen3ForCausalLM'] }],
    ['head_dim', { head_dim: 7 }],
    ['rms_norm_eps', { rms_norm_eps: -1 }],
    ['rope_theta', { rope_theta: 'big' }],
    ['rope_parameters', { rope_parameters: 3 }],
    ['tie_word_embeddings', { tie_word_embeddings: 'yes' }],
    ['num_experts_per_tok', { ...moe, num_experts_per_tok: 5 }],
    ['num_experts_per_tok', { ...moe, num_experts_per_tok: undefined }],
    ['moe_intermediate_size', { ...moe, moe_intermediate_size: 0 }],
    ['num_local_experts', { ...moe, num_experts: undefined }],
    ['mlp_only_layers', { ...moe, mlp_only_layers: 'all' }],
    ['eos_token_id', { eos_token_id: 1000 }],
    ['eos_token_id', { eos_token_id: [1, -1] }],
  ] as const) {
    test(`${field}: ${JSON.stringify(change)}`, () => {
      assert.throws(() => parse({ ...llama, ...change }), hasCode('MODEL_INVALID', new RegExp(field, 'u')));
    });
  }

  test('or where it is no object at all', () => {
    for (const json of [null, 3, 'text', []]) assert.throws(() => parse(json), hasCode('MODEL_INVALID'));
  });

  test('or where there is none', async () => {
    await assert.rejects(readModelConfig(fixturePath('tokenizers')), hasCode('MODEL_INVALID', /config\.json/u));
  });
});
