/** An engine that trains here and samples on a fake server, for one test: both are real, on one tiny model. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { adapterTargets } from '../../../../infra/engine/model-files/adapter/adapter-config.ts';
import { createRolloutsEngine } from '../../../../infra/engine/openai-rollouts/create-rollouts-engine.ts';
import type { RolloutServer, RolloutsOptions } from '../../../../infra/engine/openai-rollouts/rollouts-options.ts';
import type { RolloutsWorld } from '../../../../infra/engine/openai-rollouts/rollouts-world.ts';
import { systemWorld } from '../../../../infra/engine/openai-rollouts/system-world.ts';
import { TfjsEngine } from '../../../../infra/engine/tfjs/tfjs-engine.ts';
import type { Engine } from '../../../../operators/ports/engine.ts';
import { optionsFor, temporaryModel } from '../tfjs/temporary-model.ts';
import { FakeCompletionsServer, servedModel, type FakeServerOptions } from './fake-server.ts';

export interface Served {
  readonly server: RolloutServer;
  /** What the server gets of a version; null: nothing. */
  readonly weights: 'adapter' | 'all' | null;
}

export interface ServedEngine {
  readonly fake: FakeCompletionsServer;
  /** Where versions lie for the server. */
  readonly folder: string;
  readonly open: (changes?: Partial<RolloutsOptions>) => Promise<Engine>;
}

export const endToken = 0;

/** A world in which no pause takes time, and no limit passes. */
export function hastyRollouts(): RolloutsWorld {
  let time = 0;
  return {
    exchange: systemWorld.exchange,
    now: () => time,
    random: () => 0.5, // no pause is as long as a limit
    sleep: (milliseconds, signal) => {
      if (milliseconds === limitMs) return new Promise((done) => signal.addEventListener('abort', () => done(), { once: true }));
      time += milliseconds;
      return new Promise((done) => setImmediate(done));
    },
  };
}

/** What a caller waits for at the start and at the end. */
const limitMs = 30_000;

export async function servedEngine(t: TestContext, { server, weights }: Served, more: Partial<FakeServerOptions> = {}): Promise<ServedEngine> {
  const model = await temporaryModel(t);
  const lora = weights === 'adapter' ? { rank: 3, alpha: 6, targets: adapterTargets, seed: 1 } : null;
  const engine = (): Promise<Engine> => TfjsEngine.open(optionsFor(model, { lora }));
  const fake = await FakeCompletionsServer.start({ server, open: engine, endTokens: [endToken], ...more });
  const folder = mkdtempSync(join(tmpdir(), 'pretrainzero-rollouts-'));
  const engines: Engine[] = [];
  t.after(async () => {
    fake.faults = () => null;
    for (const opened of engines) await opened.close();
    await fake.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    fake,
    folder,
    open: async (changes = {}) => {
      const options = { url: fake.url, apiKey: null, server, model: servedModel, maxRows: 64, weights: weights === null ? null : { folder, name: 'run', kind: weights }, ...changes };
      const opened = await createRolloutsEngine(options, await engine(), hastyRollouts());
      engines.push(opened);
      return opened;
    },
  };
}
