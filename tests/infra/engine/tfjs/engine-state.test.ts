import * as tf from '@tensorflow/tfjs-core';
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import type { Engine } from '../../../../operators/ports/engine.ts';
import { hasCode } from '../model-files/has-code.ts';
import { tinyConfig } from './open-model.ts';
import { engineOn, openEngine, savedBytes, temporaryModel, trainOn } from './temporary-model.ts';
import { exampleGroups, requestFor } from './training-examples.ts';
import { onTestedBackend } from '../tested-backend.ts';

const request = requestFor(exampleGroups([[3, 5], [4, 2]]));

const files = ['config.json', 'model.safetensors', 'optimizer.safetensors'];
const train = (engine: Engine, steps: number): Promise<void> => trainOn(engine, request, steps, 1e-3);
const saved = (engine: Engine, folder: string): Promise<Buffer[]> => savedBytes(engine, folder, files);

describe(`the engine${onTestedBackend()}`, () => {
  test('goes on bit for bit after save and load', async (t) => {
    const folder = await temporaryModel(t);
    const undisturbed = await engineOn(t, folder);
    await train(undisturbed, 5);
    const first = await engineOn(t, folder);
    await train(first, 3);
    await first.save(join(folder, 'three'), { optimizer: true });
    const second = await engineOn(t, folder);
    await train(second, 1); // must leave no trace
    await second.load(join(folder, 'three'));
    assert.equal(second.version(), 3);
    await train(second, 2);
    assert.deepEqual(await saved(second, join(folder, 'a')), await saved(undisturbed, join(folder, 'b')));
  });

  test('loaded without an optimiser state starts its moments anew', async (t) => {
    const folder = await temporaryModel(t);
    const engine = await engineOn(t, folder);
    await train(engine, 2);
    await engine.save(join(folder, 'weights'), { optimizer: false });
    const fresh = await engineOn(t, folder);
    for (const loading of [engine, fresh]) {
      await loading.load(join(folder, 'weights'));
      assert.equal(loading.version(), 2);
      await train(loading, 1);
    }
    assert.deepEqual(await saved(engine, join(folder, 'a')), await saved(fresh, join(folder, 'b')));
  });

  test('takes the checkpoint of another run as a base model of version 0', async (t) => {
    const folder = await temporaryModel(t);
    const engine = await engineOn(t, folder);
    await train(engine, 2);
    await engine.save(join(folder, 'checkpoint'), { optimizer: true });
    const next = await engineOn(t, join(folder, 'checkpoint'));
    assert.equal(next.version(), 0);
    assert.deepEqual(await next.score(request.groups), await engine.score(request.groups));
  });

  test('keeps no tensor over 50 steps', async (t) => {
    const ofOthers = tf.memory().numTensors;
    const engine = await openEngine(t);
    const generate = (): Promise<unknown> =>
      engine.generate({ groups: [{ promptTokens: [1, 2, 3], seeds: [1, 2] }], maxNewTokens: 4, temperature: 1, stopTokens: [5] });
    const cycle = async (): Promise<void> => {
      await generate();
      await engine.score(request.groups);
      await train(engine, 1);
    };
    await cycle();
    const before = tf.memory().numTensors;
    for (let i = 0; i < 50; i++) await cycle();
    assert.equal(tf.memory().numTensors, before);
    await engine.close();
    assert.equal(tf.memory().numTensors, ofOthers);
  });

  test('learns: 60 steps of cross-entropy halve the loss', async (t) => {
    const engine = await openEngine(t);
    const supervised = requestFor(request.groups.map((g) => ({ ...g, responses: g.responses.map((r) => ({ ...r, advantage: 1 })) })), { kind: 'cross-entropy' });
    const losses: number[] = [];
    for (let i = 0; i < 60; i++) {
      losses.push((await engine.accumulate(supervised)).loss);
      await engine.step({ learningRate: 1e-2, gradientClip: 1 });
    }
    assert.ok(losses.at(-1)! < 0.5 * losses[0]!);
  });

  test('refuses a gradient that is not finite, and goes on as if it had not been', async (t) => {
    const folder = await temporaryModel(t);
    const engine = await engineOn(t, folder);
    const other = await engineOn(t, folder);
    await engine.accumulate({ ...request, stepTokens: 1e-320 });
    await assert.rejects(engine.step({ learningRate: 1e-3, gradientClip: 1 }), hasCode('GRADIENT_NOT_FINITE'));
    assert.equal(engine.version(), 0);
    await train(engine, 1);
    await train(other, 1);
    assert.deepEqual(await saved(engine, join(folder, 'a')), await saved(other, join(folder, 'b')));
  });

  test('drops accumulated gradients', async (t) => {
    const folder = await temporaryModel(t);
    const engine = await engineOn(t, folder);
    const other = await engineOn(t, folder);
    await engine.accumulate(request);
    await engine.discard();
    await train(engine, 1);
    await train(other, 1);
    assert.deepEqual(await saved(engine, join(folder, 'a')), await saved(other, join(folder, 'b')));
  });

  test('refuses a model of another shape, and the optimiser of another version', async (t) => {
    const folder = await temporaryModel(t);
    const engine = await openEngine(t);
    await assert.rejects(engine.load(await temporaryModel(t, { ...tinyConfig, layers: 1 })), hasCode('MODEL_INVALID'));
    await train(engine, 1);
    await engine.save(folder, { optimizer: true });
    const stale = await readFile(join(folder, 'optimizer.safetensors'));
    await train(engine, 1);
    await engine.save(folder, { optimizer: true });
    await writeFile(join(folder, 'optimizer.safetensors'), stale);
    await assert.rejects(engine.load(folder), hasCode('MODEL_INVALID'));
    assert.equal(engine.version(), 2);
  });
});
