import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isPretrainZeroError } from '../../is-error.ts';
import { engineBenchOptions } from './engine-bench-options.ts';

test('Without flags everything is measured that needs no GPU', () => {
  assert.deepEqual(engineBenchOptions({}), { only: ['step', 'sampling', 'training', 'arithmetic'], models: ['5m', '135m'], backends: ['native', 'wasm'] });
});

test('A flag takes names, separated by commas', () => {
  assert.deepEqual(engineBenchOptions({ only: 'training,step', backends: 'wasm' }), { only: ['training', 'step'], models: ['5m', '135m'], backends: ['wasm'] });
});

test('A name that is not known is refused with those that are', () => {
  assert.throws(() => engineBenchOptions({ models: '5m,7b' }), (error) => isPretrainZeroError(error, 'CONFIG_INVALID') && /--models has "7b"; known are 5m, 135m/u.test(String(error)));
});
