import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { createTfjsEngine } from '../../../../infra/engine/tfjs/create-tfjs-engine.ts';
import { TfjsEngine } from '../../../../infra/engine/tfjs/tfjs-engine.ts';
import { hasCode } from '../model-files/has-code.ts';
import { tinyConfig } from './open-model.ts';
import { optionsFor, temporaryModel } from './temporary-model.ts';
import { exampleGroups, requestFor, tokensOf } from './training-examples.ts';
import { assertNear } from '../assert-near.ts';
import { onTestedBackend, testedBackend } from '../tested-backend.ts';

const request = requestFor(exampleGroups([[3, 5], [4, 2]]));
const sampling = { groups: [{ promptTokens: tokensOf(9, 1), seeds: [1, 2, 3] }], maxNewTokens: 8, temperature: 1, stopTokens: [3] };

describe(`the engine in its own thread${onTestedBackend()}`, () => {
  test('gives what the engine in this thread gives', async (t) => {
    const folder = await temporaryModel(t);
    const options = optionsFor(folder);
    const [own, here] = [await createTfjsEngine(options), await TfjsEngine.open(options)];
    t.after(() => Promise.all([own.close(), here.close()]));
    assert.deepEqual(own.info, here.info);
    const progress: number[] = [];
    for (const engine of [own, here]) await engine.load(folder);
    assert.deepEqual(await own.generate(sampling, (tokens) => progress.push(tokens)), await here.generate(sampling));
    assert.ok(progress.length > 1);
    assert.deepEqual(await own.accumulate(request), await here.accumulate(request));
    assert.deepEqual(await own.score(request.groups), await here.score(request.groups));
    assert.deepEqual(await own.step({ learningRate: 1e-3, gradientClip: 1 }), await here.step({ learningRate: 1e-3, gradientClip: 1 }));
    assert.equal(own.version(), 1);
    await own.save(join(folder, 'saved'), { optimizer: true });
    await own.load(join(folder, 'saved'));
    await own.discard();
    assert.deepEqual(await own.generate(sampling), await here.generate(sampling));
  });

  test('replicas in several threads give what one gives, over many passes and batches', async (t) => {
    const folder = await temporaryModel(t);
    const long = exampleGroups(Array.from({ length: 6 }, () => [60, 90, 40]), 250); // five passes
    const many = { ...sampling, groups: Array.from({ length: 40 }, (_, g) => ({ promptTokens: tokensOf(20 + g, g), seeds: [g, g + 1, g + 2, g + 3] })) };
    const engines = await Promise.all([1, 2, 3].map((threads) => createTfjsEngine(optionsFor(folder, { threads }))));
    t.after(() => Promise.all(engines.map((engine) => engine.close())));
    const [one, ...others] = await Promise.all(
      engines.map(async (engine) => [
        await engine.accumulate(requestFor(long)),
        await engine.step({ learningRate: 1e-3, gradientClip: 1 }),
        await engine.generate(many),
        await engine.score(long),
      ]),
    );
    assert.deepEqual(engines.map(({ info }) => info.threads), [1, 2, 3]);
    const same = testedBackend() === 'webgpu' ? assertNear : assert.deepEqual; // a GPU adds what several tiles find of a key in no fixed order
    for (const other of others) same(other, one);
  });

  test('experts give in replicas what they give in one, and learn', async (t) => {
    const experts = { count: 4, perToken: 2, width: 12, normalised: true, layers: [0, 1] };
    const folder = await temporaryModel(t, { ...tinyConfig, qkNorm: true, experts });
    const long = exampleGroups(Array.from({ length: 4 }, () => [60, 90, 40]), 250);
    const supervised = requestFor(long.map((g) => ({ ...g, responses: g.responses.map((r) => ({ ...r, advantage: 1 })) })), { kind: 'cross-entropy' });
    const engines = await Promise.all([1, 2].map((threads) => createTfjsEngine(optionsFor(folder, { threads }))));
    t.after(() => Promise.all(engines.map((engine) => engine.close())));
    const [one, two] = await Promise.all(
      engines.map(async (engine) => {
        const losses: number[] = [];
        for (let step = 0; step < 4; step++) {
          losses.push((await engine.accumulate(supervised)).loss);
          await engine.step({ learningRate: 1e-2, gradientClip: 1 });
        }
        return { losses, samples: await engine.generate(sampling), scores: await engine.score(long) };
      }),
    );
    assert.deepEqual(one, two);
    assert.ok(one!.losses.at(-1)! < one!.losses[0]!);
  });

  test('passes errors on with code and place', async (t) => {
    const folder = await temporaryModel(t);
    const engine = await createTfjsEngine(optionsFor(folder));
    t.after(() => engine.close());
    await assert.rejects(engine.load(join(folder, 'nowhere')), (error: unknown) => hasCode('MODEL_INVALID')(error) && String(error).includes('nowhere'));
    await assert.rejects(createTfjsEngine(optionsFor(join(folder, 'nowhere'))), hasCode('MODEL_INVALID'));
    assert.equal((await engine.generate(sampling)).samples[0]!.length, 3);
  });

  test('an absent backend is refused when asked for, and passed over by auto with the reason', async (t) => {
    const folder = await temporaryModel(t);
    await assert.rejects(createTfjsEngine(optionsFor(folder, { backend: 'node-gpu' })), hasCode('BACKEND_UNAVAILABLE'));
    const engine = await createTfjsEngine(optionsFor(folder, { backend: 'auto' }));
    t.after(() => engine.close());
    assert.ok(engine.info.backend !== 'wasm' || /tfjs-node-gpu.*tfjs-node/u.test(engine.info.reason));
  });

  test('calls after closing fail, open calls are finished', async (t) => {
    const engine = await createTfjsEngine(optionsFor(await temporaryModel(t)));
    const open = engine.generate(sampling);
    await engine.close();
    assert.equal((await open).samples[0]!.length, 3);
    await assert.rejects(engine.generate(sampling), hasCode('ENGINE_FAILED'));
  });
});
