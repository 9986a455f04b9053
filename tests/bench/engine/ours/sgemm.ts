/** Products of two square float32 matrices by the backend of our engine. */
import * as tf from '@tensorflow/tfjs-core';
import { openBackend } from '../../../../infra/engine/tfjs/backend/open-backend.ts';
import { startWasmBackend } from '../../../../infra/engine/tfjs/backend/wasm-backend.ts';
import { serveRounds } from '../serve-rounds.ts';

await serveRounds('sgemm', async ({ backend, threads, work: { size } }) => {
  if (backend === 'wasm') await startWasmBackend(threads);
  else await openBackend(backend!, threads);
  const matrix = tf.randomUniform<tf.Rank.R2>([size, size]);
  return () => {
    const product = tf.matMul(matrix, matrix);
    product.dataSync();
    product.dispose();
    return Promise.resolve({});
  };
});
