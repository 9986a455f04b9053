/** The engine of a run whose model is on a Tinker server. In: the config, and the folder of the same base model here. Out: the engine. Can go wrong: ENGINE_UNREACHABLE, ENGINE_REFUSED, SECRET_MISSING, MODEL_*. */
import { createTinkerEngine } from '../infra/engine/tinker/create-tinker-engine.ts';
import { nodeFileSystem } from '../infra/file-system/node-file-system.ts';
import { readSecret } from '../infra/secrets/read-secret.ts';
import type { Engine } from '../operators/ports/engine.ts';
import type { Config } from '../schemas/config/config.ts';

export interface OfModel {
  readonly modelDirectory: string;
  /** uint32; the server takes 31 bits of it. */
  readonly seed: number;
}

/** One more than the run's folder keeps: a checkpoint is written before the oldest goes. */
const spareStates = 1;

export async function openTinkerEngine(config: Config, tinker: NonNullable<Config['engine']['tinker']>, { modelDirectory, seed }: OfModel): Promise<Engine> {
  const { engine, optimiser, run } = config;
  const { url, backend, model } = tinker;
  const apiKey = tinker.apiKey === null ? null : await readSecret(tinker.apiKey, 'engine.tinker.apiKey', { environment: process.env, fileSystem: nodeFileSystem });
  const { beta1, beta2, epsilon, weightDecay } = optimiser;
  return createTinkerEngine({
    modelDirectory,
    url,
    apiKey,
    backend,
    model,
    lora: engine.lora,
    seed: seed >>> 1,
    maxRows: engine.maxRowsPerBatch,
    optimiser: { beta1, beta2, epsilon, weightDecay },
    keepStates: run.keepCheckpoints + spareStates,
  });
}
