/** A fake server with the stub engine behind it, for tests of whole runs. Out: the server, and how to open an engine on it. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { initialiseModel } from '../../../../../infra/engine/model-files/initialise-model.ts';
import { writeModelFolder } from '../../../../../infra/engine/model-files/write-model-folder.ts';
import { createTinkerEngine } from '../../../../../infra/engine/tinker/create-tinker-engine.ts';
import type { TinkerEngineOptions } from '../../../../../infra/engine/tinker/tinker-options.ts';
import type { Engine } from '../../../../../operators/ports/engine.ts';
import { stubVocabularySize } from '../../../../stub-tokenizer.ts';
import { tinyConfig } from '../../tfjs/open-model.ts';
import { lora, loraSeed, servedModel } from './fake-server.ts';
import { FakeStore } from './fake-store.ts';
import { hastyWorld } from './hasty-world.ts';
import { ServedFake } from './serve-fake.ts';
import { stubModels } from './stub-model.ts';

export interface StubServer {
  readonly fake: ServedFake;
  /** Plain data, by which another process can open an engine on it too. */
  readonly options: TinkerEngineOptions;
  readonly open: () => Promise<Engine>;
}

export async function stubServer(): Promise<StubServer> {
  const folder = mkdtempSync(join(tmpdir(), 'pretrainzero-tinker-'));
  const config = { ...tinyConfig, vocabularySize: stubVocabularySize, maxPositions: 100_000 };
  await writeModelFolder(folder, { config, weights: initialiseModel(config, 1) });
  const fake = await ServedFake.start({ store: new FakeStore(join(folder, 'checkpoints')), open: stubModels, model: servedModel });
  const optimiser = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.01 };
  const options: TinkerEngineOptions = { modelDirectory: folder, url: fake.url, apiKey: null, backend: 'jax', model: servedModel, lora, seed: loraSeed, maxRows: 64, optimiser, keepStates: 4 };
  return { fake, options, open: () => createTinkerEngine(options, hastyWorld()) };
}
