/** Puts a server for rollouts beside an engine that trains. In: options, the engine, and the world. Out: an `Engine`; the server is there and serves the model. Wrong: ENGINE_UNREACHABLE, ENGINE_REFUSED, USAGE; the engine is then closed. */
import { z } from 'zod';
import type { Engine } from '../../../operators/ports/engine.ts';
import { PretrainZeroError } from '../../../schemas/pretrain-zero-error.ts';
import { RequestGate } from '../tinker/client/request-gate.ts';
import { completionsDialect } from './completions-dialect.ts';
import type { Dialect } from './dialect.ts';
import { llamaCppDialect } from './llama-cpp-dialect.ts';
import { RolloutsEngine } from './rollouts-engine.ts';
import type { RolloutServer, RolloutsOptions } from './rollouts-options.ts';
import type { RolloutsWorld } from './rollouts-world.ts';
import { ServedWeights } from './served-weights.ts';
import { ServerClient } from './server-client.ts';
import { systemWorld } from './system-world.ts';

const dialects: Readonly<Record<RolloutServer, Dialect>> = { vllm: completionsDialect({ manyAtOnce: true }), sglang: completionsDialect({ manyAtOnce: false }), 'llama-cpp': llamaCppDialect };

const modelsReply = z.object({ data: z.array(z.object({ id: z.string() })) });

export async function createRolloutsEngine(options: RolloutsOptions, trained: Engine, world: RolloutsWorld = systemWorld): Promise<Engine> {
  try {
    const client = new ServerClient(options.url.replace(/\/+$/u, ''), options.apiKey, world);
    const weights = new ServedWeights(client, options);
    await requireModel(client, options.model);
    return new RolloutsEngine(trained, weights, { client, gate: new RequestGate(options.maxRows), dialect: dialects[options.server], maxPositions: trained.info.maxPositions });
  } catch (error) {
    await trained.close();
    throw error;
  }
}

async function requireModel(client: ServerClient, model: string): Promise<void> {
  const body = await client.get('/v1/models', 'tell which models it serves');
  let served: string[];
  try {
    served = modelsReply.parse(JSON.parse(body)).data.map(({ id }) => id);
  } catch (cause) {
    throw client.foreign('did not tell which models it serves', cause);
  }
  if (served.includes(model)) return;
  throw new PretrainZeroError('ENGINE_REFUSED', `${client.url} does not serve ${model}, but ${served.join(', ') || 'nothing'}`, { key: 'engine.rollouts.model' });
}
