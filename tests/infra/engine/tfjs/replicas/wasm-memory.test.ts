import * as tf from '@tensorflow/tfjs-core';
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { startWasmBackend } from '../../../../../infra/engine/tfjs/backend/wasm-backend.ts';
import { hasCode } from '../../model-files/has-code.ts';

interface WasmBackend {
  makeOutput(shape: number[], dtype: 'float32'): unknown;
}

describe('the WebAssembly heap', () => {
  test('says OUT_OF_MEMORY when it is full', async () => {
    await startWasmBackend(1);
    const backend = tf.backend() as unknown as WasmBackend;
    const reserve = (): void => {
      for (let i = 0; i < 5; i++) backend.makeOutput([300_000_000], 'float32'); // untouched, so the machine gives no memory
    };
    assert.throws(reserve, hasCode('OUT_OF_MEMORY'));
  });
});
