import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ConfigReader } from '../../../../infra/engine/model-files/config-reader.ts';
import { formatRope, parseRope, type Rope } from '../../../../infra/engine/model-files/rope-config.ts';
import { hasCode } from './has-code.ts';

const parse = (json: object): Rope => parseRope(new ConfigReader(json, 'config.json'), 10_000, 4096);
const llama3 = { rope_type: 'llama3', factor: 8, low_freq_factor: 1, high_freq_factor: 4, original_max_position_embeddings: 1024 };

describe('the rotary embedding of a config', () => {
  test('is the plain one where nothing scales it', () => {
    for (const json of [{}, { rope_scaling: null }, { rope_scaling: {} }, { rope_scaling: { type: 'default' } }, { rope_parameters: { rope_type: 'default', partial_rotary_factor: 1 } }]) {
      assert.deepEqual(parse(json), { ropeTheta: 10_000, ropeScaling: null });
    }
  });

  test('has its base beside the scaling or within', () => {
    assert.equal(parse({ rope_theta: 5e5, rope_scaling: llama3 }).ropeTheta, 5e5);
    assert.equal(parse({ rope_parameters: { ...llama3, rope_theta: 5e5 } }).ropeTheta, 5e5);
    assert.equal(parse({ rope_theta: 1e6, rope_parameters: { ...llama3, rope_theta: 5e5 } }).ropeTheta, 5e5);
  });

  test('may be scaled, in the old spelling and in the new', () => {
    const scaling = { kind: 'llama3', factor: 8, lowFrequencyFactor: 1, highFrequencyFactor: 4, originalPositions: 1024 };
    for (const key of ['rope_scaling', 'rope_parameters']) assert.deepEqual(parse({ [key]: llama3 }).ropeScaling, scaling);
    assert.deepEqual(parse({ rope_scaling: { type: 'linear', factor: 2 } }).ropeScaling, { kind: 'linear', factor: 2 });
    assert.deepEqual(parse({ rope_scaling: { type: 'dynamic', factor: 2 } }).ropeScaling, { kind: 'dynamic', factor: 2 });
    assert.deepEqual(parse({ rope_scaling: llama3, rope_parameters: { rope_type: 'linear', factor: 2 } }).ropeScaling, scaling, 'the old spelling wins');
  });

  test('has YaRN with what the paper suggests where it does not say otherwise', () => {
    const yarn = { type: 'yarn', factor: 4, original_max_position_embeddings: 1024 };
    const usual = { kind: 'yarn', factor: 4, attentionFactor: 0.1 * Math.log(4) + 1, betaFast: 32, betaSlow: 1, truncate: true, originalPositions: 1024 };
    assert.deepEqual(parse({ rope_scaling: yarn }).ropeScaling, usual);
    assert.deepEqual(parse({ rope_scaling: { ...yarn, factor: null } }).ropeScaling, usual, 'the ratio of the positions');
    assert.deepEqual(parse({ rope_scaling: { ...yarn, original_max_position_embeddings: null } }).ropeScaling, { ...usual, originalPositions: 4096 });
    assert.deepEqual(parse({ rope_scaling: yarn, original_max_position_embeddings: 512 }).ropeScaling, { ...usual, originalPositions: 512 });
    const own = { attention_factor: 1.5, beta_fast: 16, beta_slow: 2, truncate: false };
    assert.deepEqual(parse({ rope_scaling: { ...yarn, ...own } }).ropeScaling, { ...usual, attentionFactor: 1.5, betaFast: 16, betaSlow: 2, truncate: false });
  });

  test('comes back from what is written of it', () => {
    for (const json of [{ rope_theta: 5e5 }, { rope_scaling: llama3 }, { rope_scaling: { type: 'linear', factor: 2.5 } }, { rope_scaling: { type: 'dynamic', factor: 2 } }, { rope_scaling: { type: 'yarn', factor: 4 } }]) {
      assert.deepEqual(parse(formatRope(parse(json))), parse(json));
    }
  });
});

describe('refused by the name of the field is', () => {
  for (const [code, field, json] of [
    ['MODEL_UNSUPPORTED', 'rope_scaling.rope_type', { rope_scaling: { rope_type: 'longrope', factor: 2 } }],
    ['MODEL_UNSUPPORTED', 'rope_scaling.type', { rope_scaling: { type: 'su', factor: 2 } }],
    ['MODEL_UNSUPPORTED', 'rope_scaling.factor', { rope_scaling: { factor: 2 } }],
    ['MODEL_UNSUPPORTED', 'rope_scaling.mrope_section', { rope_scaling: { type: 'default', mrope_section: [16, 24, 24] } }],
    ['MODEL_UNSUPPORTED', 'rope_parameters.partial_rotary_factor', { rope_parameters: { partial_rotary_factor: 0.5 } }],
    ['MODEL_UNSUPPORTED', 'rope_parameters.full_attention', { rope_parameters: { full_attention: { rope_theta: 1e4 } } }],
    ['MODEL_INVALID', 'rope_scaling.factor', { rope_scaling: { type: 'linear' } }],
    ['MODEL_INVALID', 'rope_scaling.factor', { rope_scaling: { ...llama3, factor: -8 } }],
    ['MODEL_INVALID', 'rope_scaling.low_freq_factor', { rope_scaling: { ...llama3, low_freq_factor: undefined } }],
    ['MODEL_INVALID', 'rope_scaling.high_freq_factor', { rope_scaling: { ...llama3, high_freq_factor: 1 } }],
    ['MODEL_INVALID', 'rope_scaling.original_max_position_embeddings', { rope_scaling: { ...llama3, original_max_position_embeddings: 1.5 } }],
    ['MODEL_INVALID', 'rope_parameters', { rope_parameters: 3 }],
  ] as const) {
    test(JSON.stringify(json), () => {
      assert.throws(() => parse(json), hasCode(code, new RegExp(field.replace('.', '\\.'), 'u')));
    });
  }
});
