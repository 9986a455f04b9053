/** The engine of a run. In: the config and the folder of its base model. Out: the engine, in a thread of its own or on a server, with another server that samples where the config names one. Can go wrong: BACKEND_UNAVAILABLE, MODEL_*, ENGINE_UNREACHABLE, ENGINE_REFUSED, SECRET_MISSING. */
import { seedOf } from '../operators/flow/seeds.ts';
import type { Engine } from '../operators/ports/engine.ts';
import type { Config } from '../schemas/config/config.ts';

export async function openEngine(config: Config, modelDirectory: string): Promise<Engine> {
  const { run, engine, optimiser, grpo } = config;
  const { beta1, beta2, epsilon, weightDecay } = optimiser;
  const seed = seedOf(run.seed, 'lora');
  if (engine.tinker !== null) return (await import('./open-tinker-engine.ts')).openTinkerEngine(config, engine.tinker, { modelDirectory, seed });
  const { createTfjsEngine } = await import('../infra/engine/tfjs/create-tfjs-engine.ts');
  const { backend, threads, maxRowsPerBatch, recomputeActivations } = engine;
  const lora = engine.lora === null ? null : { ...engine.lora, seed };
  const trained = await createTfjsEngine({ modelDirectory, backend, threads, maxRowsPerBatch, recomputeActivations, optimiser: { beta1, beta2, epsilon, weightDecay }, lora, critic: grpo.baseline === 'critic' });
  return engine.rollouts === null ? trained : (await import('./open-rollouts-engine.ts')).openRolloutsEngine(config, engine.rollouts, trained);
}
