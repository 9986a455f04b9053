/** The engine on the native backend against the engine in WebAssembly. Runs where `npm run setup:native` has been, and says so where it has not. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { readSafetensors } from '../../../infra/engine/model-files/read-safetensors.ts';
import { createTfjsEngine } from '../../../infra/engine/tfjs/create-tfjs-engine.ts';
import { nativeFolders } from '../../../infra/setup/native/native-recipe.ts';
import { packageRoot } from '../../../infra/setup/package-root.ts';
import type { AccumulateRequest, Engine } from '../../../operators/ports/engine.ts';
import { fixturePath } from '../../fixtures/fixture-path.ts';
import { readGoldenCase, readLongGroup, type GoldenCase } from './golden-case.ts';
import { optionsFor } from './tfjs/temporary-model.ts';
import { exampleGroups, requestFor, tokensOf } from './tfjs/training-examples.ts';

const tolerance = 1e-4;
const absent = existsSync(nativeFolders(packageRoot()).binding) ? false : 'the native backend is not installed: npm run setup:native';
if (absent !== false) console.warn(`NOT RUN: the native backend against WebAssembly. ${absent}`);

test('a process whose native engine was closed ends with exit code 0', { skip: absent }, () => {
  const module = new URL('../../../infra/engine/tfjs/create-tfjs-engine.js', import.meta.url).href;
  const options = optionsFor(fixturePath('golden', 'llama'), { backend: 'node' });
  const script = `import(${JSON.stringify(module)}).then(async ({ createTfjsEngine }) => {
    await (await createTfjsEngine(${JSON.stringify(options)})).close();
    setTimeout(() => undefined, 500); // until the engine's thread is gone
  })`;
  const { status, signal, stderr } = spawnSync(process.execPath, ['-e', script], { encoding: 'utf8' });
  assert.deepEqual([status, signal], [0, null], stderr);
});

for (const model of ['llama', 'mistral', 'qwen2', 'qwen3']) {
  describe(`a tiny ${model} model on the native backend`, { skip: absent }, () => {
    let golden: GoldenCase;
    let scratch: string;
    let engines: readonly [Engine, Engine];
    before(async () => {
      golden = await readGoldenCase(model);
      scratch = await mkdtemp(join(tmpdir(), 'native-'));
      const [native, wasm] = ['node', 'wasm'].map((backend) => createTfjsEngine(optionsFor(fixturePath('golden', model), { backend: backend as 'node' | 'wasm' })));
      engines = [await native!, await wasm!];
      assert.equal(engines[0].info.backend, 'node');
    });
    after(async () => {
      await Promise.all(engines.map((engine) => engine.close()));
      await rm(scratch, { recursive: true });
    });

    test('samples the tokens that it samples in WebAssembly', async () => {
      const groups = golden.inputIds.map((promptTokens) => ({ promptTokens, seeds: [1, 2, 3, 4] }));
      for (const temperature of [0, 1]) {
        const [native, wasm] = await onBoth((engine) => engine.generate({ groups, maxNewTokens: 24, temperature, stopTokens: [] }));
        assert.deepEqual(sampledTokens(native.samples), sampledTokens(wasm.samples));
        assertNear(native.samples, wasm.samples);
      }
    });

    test('scores as it scores in WebAssembly, short and long', async () => {
      const groups = [...golden.groups, await readLongGroup()];
      const [native, wasm] = await onBoth((engine) => engine.score(groups));
      assertNear(native, wasm);
    });

    test('has the losses, the gradient norms and the weights after two steps that it has in WebAssembly', async () => {
      const [native, wasm] = await onBoth(async (engine) => {
        const reports: unknown[] = [];
        for (const learningRate of [1e-3, 5e-4]) {
          reports.push(await engine.accumulate(requestOf(golden)), await engine.step({ learningRate, gradientClip: 1 }));
        }
        const folder = join(scratch, engine.info.backend);
        await engine.save(folder, { optimizer: false });
        return { reports, weights: [...(await readSafetensors(join(folder, 'model.safetensors'))).tensors].map(([name, { data }]) => [name, ...data]) };
      });
      assertNear(native.reports, wasm.reports);
      assertNear(native.weights, wasm.weights);
    });

    test('trains on a prefix tree, activations kept or computed again, as it does in WebAssembly', async (t) => {
      const start = tokensOf(130, 5);
      const groups = exampleGroups([[3, 140, 6], [2], [9, 4]], 20).map((group, g) => ({ ...group, promptTokens: [...start.slice(0, 130 - 30 * g), ...group.promptTokens] }));
      const request = requestFor(groups);
      const recomputing = await createTfjsEngine(optionsFor(fixturePath('golden', model), { backend: 'node', recomputeActivations: true }));
      t.after(() => recomputing.close());
      const [wasm, ...native] = await Promise.all([engines[1], engines[0], recomputing].map(freshStep));
      for (const found of native) assertNear(found, wasm);

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

function requestOf({ groups, clipLow, clipHigh, grpo: { responseTokens } }: GoldenCase): AccumulateRequest {
  return { groups, stepTokens: responseTokens, loss: { kind: 'grpo', clipLow, clipHigh, ratioCap: Infinity, temperature: 1 } };
}

function sampledTokens(samples: readonly (readonly { readonly tokens: readonly number[] }[])[]): (readonly number[])[][] {
  return samples.map((group) => group.map(({ tokens }) => tokens));
}

/** The same values, numbers within the tolerance, absolutely below 1 and relatively above. */
function assertNear(actual: unknown, expected: unknown, path = ''): void {
  if (typeof actual === 'number' && typeof expected === 'number') {
    const off = Math.abs(actual - expected);
    assert(off <= tolerance * Math.max(1, Math.abs(expected)), `${path} is ${actual}, not ${expected}`);
  } else if (typeof actual === 'object' && actual !== null && typeof expected === 'object' && expected !== null) {
    assert.deepEqual(Object.keys(actual), Object.keys(expected), path);
    for (const [key, value] of Object.entries(actual)) assertNear(value, (expected as Record<string, unknown>)[key], `${path}.${key}`);
  } else {
    assert.equal(actual, expected, path);
  }
}
