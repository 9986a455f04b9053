/** A fake server for one test, with a tiny real model behind it, and engines on it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { ModelConfig } from '../../../../../infra/engine/model-files/model-config.ts';
import { createTinkerEngine } from '../../../../../infra/engine/tinker/create-tinker-engine.ts';
import type { TinkerEngineOptions } from '../../../../../infra/engine/tinker/tinker-options.ts';
import type { Engine } from '../../../../../operators/ports/engine.ts';
import { tinyConfig } from '../../tfjs/open-model.ts';
import { optionsFor, temporaryModel } from '../../tfjs/temporary-model.ts';
import { FakeStore } from './fake-store.ts';
import { hastyWorld } from './hasty-world.ts';
import { ServedFake } from './serve-fake.ts';
import { serverAlpha, serverTargets, tfjsModels, type Reduction } from './tfjs-model.ts';

export const servedModel = 'tiny-model';
export const lora = { rank: 3, alpha: serverAlpha, targets: serverTargets };
export const loraSeed = 11;

export interface FakeServer {
  readonly fake: ServedFake;
  readonly modelDirectory: string;
  readonly open: (changes?: Partial<TinkerEngineOptions>) => Promise<Engine>;
}

export async function fakeServer(t: TestContext, reduction: Reduction = 'mean over sequences', config: ModelConfig = tinyConfig): Promise<FakeServer> {
  const modelDirectory = await temporaryModel(t, config);
  const disk = mkdtempSync(join(tmpdir(), 'pretrainzero-tinker-'));
  const fake = await ServedFake.start({ store: new FakeStore(disk), open: tfjsModels(modelDirectory, reduction), model: servedModel });
  const engines: Engine[] = [];
  t.after(async () => {
    fake.faults = () => null;
    for (const engine of engines) await engine.close().catch(() => undefined); // the server may have lost its model
    await fake.stop();
    rmSync(disk, { recursive: true, force: true });
  });
  return {
    fake,
    modelDirectory,
    open: async (changes = {}) => {
      const { optimiser } = optionsFor(modelDirectory);
      const backend = reduction === 'sum' ? 'fsdp' : 'jax';
      const options = { modelDirectory, url: fake.url, apiKey: null, backend, model: servedModel, lora, seed: loraSeed, maxRows: 64, optimiser, keepStates: 2, ...changes } as const;
      const engine = await createTinkerEngine(options, hastyWorld());
      engines.push(engine);
      return engine;
    },
  };
}
