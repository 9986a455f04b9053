import assert from 'node:assert/strict';
import { test } from 'node:test';
import { expectedWeights } from '../../../../infra/engine/model-files/expected-weights.ts';
import { initialiseModel } from '../../../../infra/engine/model-files/initialise-model.ts';
import { readModelConfig } from '../../../../infra/engine/model-files/model-config.ts';
import { philox } from '../../../../infra/engine/model-files/philox.ts';
import { seededNormal } from '../../../../infra/engine/model-files/seeded-normal.ts';
import { fixturePath } from '../../../fixtures/fixture-path.ts';

const config = await readModelConfig(fixturePath('golden', 'llama'));

test('philox gives the known answers of its authors', () => {
  const out = new Uint32Array(4);
  const ones = 0xffffffff;
  philox([0, 0, 0, 0], [0, 0], out);
  assert.deepEqual([...out], [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8]);
  philox([ones, ones, ones, ones], [ones, ones], out);
  assert.deepEqual([...out], [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd]);
  philox([0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344], [0xa4093822, 0x299f31d0], out);
  assert.deepEqual([...out], [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1]);
});

test('the numbers are normal: mean, deviation and tails', () => {
  const values = new Float32Array(200_000);
  seededNormal(values, 1, 'x', 2);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  const beyondTwo = values.filter((value) => Math.abs(value) > 4).length / values.length;
  assert(Math.abs(mean) < 0.02, String(mean));
  assert(Math.abs(Math.sqrt(variance) - 2) < 0.02, String(variance));
  assert(Math.abs(beyondTwo - 0.0455) < 0.002, String(beyondTwo));
});

test('a number depends on seed, name and index alone', () => {
  const draw = (length: number, seed: number, name: string): number[] => {
    const values = new Float32Array(length);
    seededNormal(values, seed, name, 1);
    return [...values];
  };
  assert.deepEqual(draw(7, 3, 'a'), draw(100, 3, 'a').slice(0, 7));
  assert.notDeepEqual(draw(7, 3, 'a'), draw(7, 4, 'a'));
  assert.notDeepEqual(draw(7, 3, 'a'), draw(7, 3, 'b'));
  assert.notDeepEqual(draw(7, 3, 'a'), draw(7, 3 + 2 ** 32, 'a'));
});

test('a fresh model has each weight that its config asks for', () => {
  const shapes = new Map([...initialiseModel(config, 0)].map(([name, { shape }]) => [name, shape]));
  assert.deepEqual(shapes, expectedWeights(config));
});

test('a fresh model is GPT-2 like: norms 1, deviation 0.02, less where a layer writes into the residual stream', () => {
  const deep = { ...config, layers: 8, width: 64, ffnWidth: 256 };
  const weights = initialiseModel(deep, 5);
  assert(weights.get('model.layers.0.input_layernorm.weight')!.data.every((value) => value === 1));
  const deviation = (name: string): number => {
    const { data } = weights.get(name)!;
    return Math.sqrt(data.reduce((sum, value) => sum + value * value, 0) / data.length);
  };
  assert(Math.abs(deviation('model.layers.3.mlp.up_proj.weight') / 0.02 - 1) < 0.05);
  assert(Math.abs(deviation('model.layers.3.mlp.down_proj.weight') / (0.02 / 4) - 1) < 0.05);
});

test('biases begin at 0', () => {
  const weights = initialiseModel({ ...config, attentionBias: true }, 0);
  assert(weights.get('model.layers.1.self_attn.k_proj.bias')!.data.every((value) => value === 0));
});

test('the same seed gives the same model, another one another', () => {
  assert.deepEqual(initialiseModel(config, 7), initialiseModel(config, 7));
  assert.notDeepEqual(initialiseModel(config, 7), initialiseModel(config, 8));
});
