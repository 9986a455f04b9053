/** The engine on another backend against the engine in WebAssembly: samples, scores, entropies, losses, gradient norms and weights agree to 1e-4. */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { readSafetensors } from '../../../infra/engine/model-files/read-safetensors.ts';
import type { BackendName } from '../../../infra/engine/tfjs/backend/open-backend.ts';
import { createTfjsEngine } from '../../../infra/engine/tfjs/create-tfjs-engine.ts';
import type { AccumulateRequest, Engine } from '../../../operators/ports/engine.ts';
import { fixturePath } from '../../fixtures/fixture-path.ts';
import { assertNear } from './assert-near.ts';
import { readGoldenCase, readLongGroup, type GoldenCase } from './golden-case.ts';
import { optionsFor } from './tfjs/temporary-model.ts';
import { exampleGroups, requestFor, tokensOf } from './tfjs/training-examples.ts';

export interface Comparison {
  readonly models: readonly string[];
  readonly skip: string | false;
  readonly maxNewTokens: number;
  /** Whether a group of hundreds of tokens is scored as well. */
  readonly long: boolean;
}

export function describeAgainstWasm(backend: BackendName, { models, skip, maxNewTokens, long }: Comparison): void {
  for (const model of models) {
    describe(`a tiny ${model} model on backend ${backend}`, { skip }, () => {
      let golden: GoldenCase;
      let scratch: string;
      let engines: readonly [Engine, Engine];
      before(async () => {
        golden = await readGoldenCase(model);
        scratch = await mkdtemp(join(tmpdir(), `${backend}-`));
        const open = (name: BackendName): Promise<Engine> => createTfjsEngine(optionsFor(fixturePath('golden', model), { backend: name }));
        engines = [await open(backend), await open('wasm')];
        assert.equal(engines[0].info.backend, backend);
      });
      after(async () => {
        await Promise.all(engines.map((engine) => engine.close()));
        await rm(scratch, { recursive: true });
      });

      test('samples the tokens that it samples in WebAssembly, the most likely and others', async () => {
        const groups = golden.inputIds.map((promptTokens) => ({ promptTokens, seeds: [1, 2, 3, 4] }));
        for (const temperature of [0, 1]) {
          const [other, wasm] = await onBoth((engine) => engine.generate({ groups, maxNewTokens, temperature, stopTokens: [] }));
          assert.deepEqual(sampledTokens(other.samples), sampledTokens(wasm.samples));
          assertNear(other.samples, wasm.samples);
        }
      });

      test('scores as it scores in WebAssembly', async () => {
        const groups = long ? [...golden.groups, await readLongGroup()] : golden.groups;
        const [other, wasm] = await onBoth((engine) => engine.score(groups));
        assertNear(other, wasm);
      });

      test('has the entropies that it has in WebAssembly', async () => {
        const texts = golden.inputIds.map((row) => ({ promptTokens: row.slice(0, 1), tokens: row.slice(1) }));
        const [other, wasm] = await onBoth((engine) => engine.entropies(texts));
        assertNear(other, wasm);
      });

      test('has the losses, the gradient norms and the weights after two steps that it has in WebAssembly', async () => {
        const [other, wasm] = await onBoth(async (engine) => {
          const reports: unknown[] = [];
          for (const learningRate of [1e-3, 5e-4]) {
            reports.push(await engine.accumulate(requestOf(golden)), await engine.step({ learningRate, gradientClip: 1 }));
          }
          const folder = join(scratch, engine.info.backend);
          await engine.save(folder, { optimizer: false });
          return { reports, weights: [...(await readSafetensors(join(folder, 'model.safetensors'))).tensors].map(([name, { data }]) => [name, ...data]) };
        });
        assertNear(other.reports, wasm.reports);
        assertNear(other.weights, wasm.weights);
      });

      test('trains on a prefix tree, activations kept or computed again, as it does in WebAssembly', async (t) => {
        const start = tokensOf(130, 5);
        const groups = exampleGroups([[3, 140, 6], [2], [9, 4]], 20).map((group, g) => ({ ...group, promptTokens: [...start.slice(0, 130 - 30 * g), ...group.promptTokens] }));
        const request = requestFor(groups);
        const recomputing = await createTfjsEngine(optionsFor(fixturePath('golden', model), { backend, recomputeActivations: true }));
        t.after(() => recomputing.close());
        const [kept, wasm] = await onBoth(freshStep);
        assertNear(kept, wasm);
        assertNear(await freshStep(recomputing), wasm);

        /** From the base model, whatever steps the engine took before. */
        async function freshStep(engine: Engine): Promise<unknown> {
          await engine.load(fixturePath('golden', model));
          const report = await engine.accumulate(request);
          return [report, await engine.step({ learningRate: 1e-3, gradientClip: 1 })];
        }
      });

      /** One after the other: they would share the cores. */
      async function onBoth<T>(work: (engine: Engine) => Promise<T>): Promise<[T, T]> {
        return [await work(engines[0]), await work(engines[1])];
      }
    });
  }
}

function requestOf({ groups, clipLow, clipHigh, grpo: { responseTokens } }: GoldenCase): AccumulateRequest {
  return { groups, stepTokens: responseTokens, loss: { kind: 'grpo', clipLow, clipHigh, ratioCap: Infinity, temperature: 1 } };
}

function sampledTokens(samples: readonly (readonly { readonly tokens: readonly number[] }[])[]): (readonly number[])[][] {
  return samples.map((group) => group.map(({ tokens }) => tokens));
}
