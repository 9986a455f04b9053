/** A model folder for one test, and engines on it that are closed with it. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { Weights } from '../../../../infra/engine/model-files/host-tensor.ts';
import type { ModelConfig } from '../../../../infra/engine/model-files/model-config.ts';
import { writeModelFolder } from '../../../../infra/engine/model-files/write-model-folder.ts';
import type { TfjsEngineOptions } from '../../../../infra/engine/tfjs/engine-options.ts';
import { TfjsEngine } from '../../../../infra/engine/tfjs/tfjs-engine.ts';
import type { AccumulateRequest, Engine } from '../../../../operators/ports/engine.ts';
import { testedBackend } from '../tested-backend.ts';
import { livelyWeights, tinyConfig } from './open-model.ts';

export async function temporaryModel(t: TestContext, config: ModelConfig = tinyConfig, weights: Weights = livelyWeights(config)): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'pretrainzero-engine-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  await writeModelFolder(folder, { config, weights });
  return folder;
}

export function optionsFor(modelDirectory: string, changes: Partial<TfjsEngineOptions> = {}): TfjsEngineOptions {
  const optimiser = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.01 };
  return { modelDirectory, backend: testedBackend(), threads: 1, maxRowsPerBatch: 64, recomputeActivations: false, optimiser, ...changes };
}

/** In this thread. */
export async function openEngine(t: TestContext, config: ModelConfig = tinyConfig, changes: Partial<TfjsEngineOptions> = {}): Promise<TfjsEngine> {
  return engineOn(t, await temporaryModel(t, config), changes);
}

/** On the model in a folder; closed with the test. */
export async function engineOn(t: TestContext, folder: string, changes: Partial<TfjsEngineOptions> = {}): Promise<TfjsEngine> {
  const engine = await TfjsEngine.open(optionsFor(folder, changes));
  t.after(() => engine.close());
  return engine;
}

/** Steps, each of the same request. */
export async function trainOn(engine: Engine, request: AccumulateRequest, steps: number, learningRate: number): Promise<void> {
  for (let i = 0; i < steps; i++) {
    await engine.accumulate(request);
    await engine.step({ learningRate, gradientClip: 1 });
  }
}

/** What an engine saves, optimiser and all: the bytes of these files. */
export async function savedBytes(engine: Engine, folder: string, files: readonly string[]): Promise<Buffer[]> {
  await engine.save(folder, { optimizer: true });
  return Promise.all(files.map((file) => readFile(join(folder, file))));
}
