/** The engine of a run. In: the config and the folder of its base model. Out: the engine, in a thread of its own. Can go wrong: BACKEND_UNAVAILABLE, MODEL_*. */
import { createTfjsEngine } from '../infra/engine/tfjs/create-tfjs-engine.ts';
import { seedOf } from '../operators/flow/seeds.ts';
import type { Engine } from '../operators/ports/engine.ts';
import type { Config } from '../schemas/config/config.ts';

export function openEngine({ run, engine, optimiser }: Config, modelDirectory: string): Promise<Engine> {
  const { backend, threads, maxRowsPerBatch, recomputeActivations } = engine;
  const lora = engine.lora === null ? null : { ...engine.lora, seed: seedOf(run.seed, 'lora') };
  const { beta1, beta2, epsilon, weightDecay } = optimiser;
  return createTfjsEngine({ modelDirectory, backend, threads, maxRowsPerBatch, recomputeActivations, optimiser: { beta1, beta2, epsilon, weightDecay }, lora });
}
