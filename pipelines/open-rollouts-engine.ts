/** A server that samples beside the engine of a run. In: the config, and the engine. Out: both as one engine. Can go wrong: ENGINE_UNREACHABLE, ENGINE_REFUSED, SECRET_MISSING; the engine is then closed. */
import { createRolloutsEngine } from '../infra/engine/openai-rollouts/create-rollouts-engine.ts';
import type { RolloutsOptions } from '../infra/engine/openai-rollouts/rollouts-options.ts';
import { nodeFileSystem } from '../infra/file-system/node-file-system.ts';
import { readSecret } from '../infra/secrets/read-secret.ts';
import type { Engine } from '../operators/ports/engine.ts';
import type { Config } from '../schemas/config/config.ts';

export async function openRolloutsEngine({ run, engine }: Config, rollouts: NonNullable<Config['engine']['rollouts']>, trained: Engine): Promise<Engine> {
  return createRolloutsEngine(await optionsOf(rollouts, run.name, engine).catch(async (error: unknown) => {
    await trained.close();
    throw error;
  }), trained);
}

async function optionsOf({ url, server, model, folder, apiKey }: NonNullable<Config['engine']['rollouts']>, name: string, { lora, maxRowsPerBatch }: Config['engine']): Promise<RolloutsOptions> {
  return {
    url,
    server,
    model,
    apiKey: apiKey === null ? null : await readSecret(apiKey, 'engine.rollouts.apiKey', { environment: process.env, fileSystem: nodeFileSystem }),
    maxRows: maxRowsPerBatch,
    weights: folder === null ? null : { folder, name, kind: lora === null ? 'all' : 'adapter' },
  };
}
