/** The engine's suites once more, on the native backend: golden values, gradients, sampling, state, threads. */
import { describe } from 'node:test';
import { isAbsent, testOn } from './tested-backend.ts';

const skip = isAbsent('node');
if (skip === false) {
  testOn('node');
  await import('./tfjs/adapter-state.test.ts'); // first, as it counts the tensors of the process
  await import('./golden.test.ts');
  await import('./golden-lora.test.ts');
  await import('./tfjs/training.test.ts');
  await import('./tfjs/training/response-losses.test.ts');
  await import('./tfjs/sampling.test.ts');
  await import('./tfjs/engine-state.test.ts');
  await import('./tfjs/critic.test.ts');
  await import('./tfjs/create-tfjs-engine.test.ts');
} else {
  describe('the suites of the engine on the native backend', { skip });
}
