/**
 * Opens the engine on a server. In: options, and the world. Out: an `Engine`; nothing is computed yet, but the server is there and serves the model. Wrong: ENGINE_UNREACHABLE, ENGINE_REFUSED, MODEL_INVALID,
 * MODEL_UNSUPPORTED.
 */
import type { Engine } from '../../../operators/ports/engine.ts';
import { expectedWeights } from '../model-files/expected-weights.ts';
import { expectedAdapter } from '../model-files/adapter/adapter.ts';
import { elementCount } from '../model-files/host-tensor.ts';
import { readConfigOf } from '../model-files/read-model.ts';
import { RequestGate } from './client/request-gate.ts';
import { ServerLink } from './client/server-link.ts';
import { systemWorld } from './client/system-world.ts';
import { TinkerSession } from './client/tinker-session.ts';
import type { TinkerWorld } from './client/tinker-world.ts';
import { TinkerEngine } from './tinker-engine.ts';
import type { TinkerEngineOptions } from './tinker-options.ts';

export async function createTinkerEngine(options: TinkerEngineOptions, world: TinkerWorld = systemWorld): Promise<Engine> {
  const config = await readConfigOf(options.modelDirectory);
  const parameters = countOf(expectedWeights(config));
  const url = options.url.replace(/\/+$/u, '');
  const link = new ServerLink({ url, apiKey: options.apiKey }, world);
  const session = await TinkerSession.open(link, options.model, new RequestGate(options.maxRows));
  const info = {
    backend: `tinker, ${options.backend}`,
    reason: `the config names ${url}`,
    threads: 0,
    parameters,
    trainedParameters: options.lora === null ? parameters : countOf(expectedAdapter(options.lora, config)),
    vocabularySize: config.vocabularySize,
    maxPositions: config.maxPositions,
    recomputesActivations: false,
  };
  return new TinkerEngine(session, info, options);
}

function countOf(shapes: ReadonlyMap<string, readonly number[]>): number {
  return [...shapes.values()].reduce((sum, shape) => sum + elementCount(shape), 0);
}
