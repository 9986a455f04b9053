import { createTfjsEngine } from '../../../../infra/engine/tfjs/create-tfjs-engine.ts';
import type { Engine } from '../../../../operators/ports/engine.ts';
import type { Job } from '../job.ts';

/** Our engine as `base.yaml` sets it up. */
export function openEngine({ model, backend, threads }: Job): Promise<Engine> {
  return createTfjsEngine({
    modelDirectory: model,
    backend: backend!,
    threads,
    maxRowsPerBatch: 512,
    recomputeActivations: false,
    optimiser: { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.01 },
  });
}

/** So small that a measured model stays what it was. */
export const learningRate = 1e-7;
