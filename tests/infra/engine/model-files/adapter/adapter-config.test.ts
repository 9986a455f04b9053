import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { formatAdapterConfig, parseAdapterConfig, type AdapterFile } from '../../../../../infra/engine/model-files/adapter/adapter-config.ts';
import { ConfigReader } from '../../../../../infra/engine/model-files/config-reader.ts';
import { hasCode } from '../has-code.ts';

const lora = { peft_type: 'LORA', r: 8, lora_alpha: 16, target_modules: ['v_proj', 'q_proj'], base_model_name_or_path: 'models/base' };
const parse = (json: object): AdapterFile => parseAdapterConfig(new ConfigReader(json, 'adapter_config.json'));

describe('the config of an adapter', () => {
  test('is read, with its layers in one order, and what changes nothing passed over', () => {
    const inert = { bias: 'none', use_dora: false, modules_to_save: null, rank_pattern: {}, layers_to_transform: [], lora_dropout: 0.1, task_type: 'CAUSAL_LM', peft_version: '0.21.2' };
    assert.deepEqual(parse({ ...lora, ...inert }), { config: { rank: 8, alpha: 16, targets: ['q_proj', 'v_proj'] }, base: 'models/base' });
  });

  test('comes back from what is written of it', () => {
    const file: AdapterFile = { config: { rank: 3, alpha: 0.5, targets: ['o_proj', 'down_proj'] }, base: '/models/a b' };
    assert.deepEqual(parse(JSON.parse(JSON.stringify(formatAdapterConfig(file))) as object), file);
  });

  for (const [field, code, change] of [
    ['peft_type', 'MODEL_UNSUPPORTED', { peft_type: 'IA3' }],
    ['bias', 'MODEL_UNSUPPORTED', { bias: 'all' }],
    ['fan_in_fan_out', 'MODEL_UNSUPPORTED', { fan_in_fan_out: true }],
    ['use_dora', 'MODEL_UNSUPPORTED', { use_dora: true }],
    ['use_rslora', 'MODEL_UNSUPPORTED', { use_rslora: true }],
    ['rank_pattern', 'MODEL_UNSUPPORTED', { rank_pattern: { q_proj: 4 } }],
    ['modules_to_save', 'MODEL_UNSUPPORTED', { modules_to_save: ['lm_head'] }],
    ['layers_to_transform', 'MODEL_UNSUPPORTED', { layers_to_transform: [0] }],
    ['target_modules', 'MODEL_UNSUPPORTED', { target_modules: 'all-linear' }],
    ['target_modules', 'MODEL_UNSUPPORTED', { target_modules: ['q_proj', 'embed_tokens'] }],
    ['init_lora_weights', 'MODEL_UNSUPPORTED', { init_lora_weights: 'pissa' }],
    ['some_new_lora', 'MODEL_UNSUPPORTED', { some_new_lora: true }],
    ['r', 'MODEL_INVALID', { r: 0 }],
    ['lora_alpha', 'MODEL_INVALID', { lora_alpha: -1 }],
    ['base_model_name_or_path', 'MODEL_INVALID', { base_model_name_or_path: null }],
  ] as const) {
    test(`is refused by the name of its field: ${JSON.stringify(change)}`, () => {
      assert.throws(() => parse({ ...lora, ...change }), hasCode(code, new RegExp(field, 'u')));
    });
  }
});
