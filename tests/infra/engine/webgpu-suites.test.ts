/**
 * The engine's suites once more, on WebGPU: golden values, gradients, sampling, state. A driver on the CPU takes far longer than a run of all tests should, so they are run where
 * PRETRAINZERO_GPU is set: `PRETRAINZERO_GPU=1 npm test -- infra/engine/webgpu-suites`.
 */
import { describe } from 'node:test';
import { isAbsent, testOn } from './tested-backend.ts';

const skip = process.env.PRETRAINZERO_GPU === undefined ? 'PRETRAINZERO_GPU is not set' : isAbsent('webgpu');
if (skip === false) {
  testOn('webgpu');
  await import('./golden.test.ts');
  await import('./tfjs/training.test.ts');
  await import('./tfjs/sampling.test.ts');
  await import('./tfjs/engine-state.test.ts');
  await import('./tfjs/critic.test.ts');
  await import('./tfjs/create-tfjs-engine.test.ts');
} else {
  describe('the suites of the engine on WebGPU', { skip });
}
