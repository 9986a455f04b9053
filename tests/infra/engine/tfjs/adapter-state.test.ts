/** The engine where it trains an adapter: what it leaves alone, what it saves, how it goes on. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test, type TestContext } from 'node:test';
import * as tf from '@tensorflow/tfjs-core';
import { writeAdapter } from '../../../../infra/engine/model-files/adapter/adapter-folder.ts';
import { readModel } from '../../../../infra/engine/model-files/read-model.ts';
import { readSafetensors } from '../../../../infra/engine/model-files/read-safetensors.ts';
import { createTfjsEngine } from '../../../../infra/engine/tfjs/create-tfjs-engine.ts';
import type { LoraOptions } from '../../../../infra/engine/tfjs/engine-options.ts';
import { TfjsEngine } from '../../../../infra/engine/tfjs/tfjs-engine.ts';
import { loadTokenizer } from '../../../../infra/tokenizer/load-tokenizer.ts';
import type { Engine } from '../../../../operators/ports/engine.ts';
import { fixturePath } from '../../../fixtures/fixture-path.ts';
import { hasCode } from '../model-files/has-code.ts';
import { everyLayer, livelyAdapter } from './lora.ts';
import { tinyConfig } from './open-model.ts';
import { engineOn, optionsFor, savedBytes, temporaryModel, trainOn } from './temporary-model.ts';
import { exampleGroups, requestFor, tokensOf } from './training-examples.ts';

const request = requestFor(exampleGroups([[3, 5], [4, 2]]));
const sampling = { groups: [{ promptTokens: tokensOf(9, 1), seeds: [1, 2, 3] }], maxNewTokens: 8, temperature: 1, stopTokens: [3] };
const supervised = requestFor(request.groups.map((g) => ({ ...g, responses: g.responses.map((r) => ({ ...r, advantage: 1 })) })), { kind: 'cross-entropy' });

const files = ['adapter_config.json', 'adapter_model.safetensors', 'optimizer.safetensors'];
const adapterOn = (t: TestContext, folder: string, lora: LoraOptions | null = everyLayer): Promise<TfjsEngine> => engineOn(t, folder, { lora });
const train = (engine: Engine, steps: number): Promise<void> => trainOn(engine, request, steps, 1e-2);
const saved = (engine: Engine, folder: string): Promise<Buffer[]> => savedBytes(engine, folder, files);

describe('an engine that trains an adapter', () => {
  test('begins as its base, whatever the seed, and gives the same adapter for the same seed', async (t) => {
    const folder = await temporaryModel(t);
    const [base, one, same, other] = [await adapterOn(t, folder, null), await adapterOn(t, folder), await adapterOn(t, folder), await adapterOn(t, folder, { ...everyLayer, seed: 12 })];
    assert.deepEqual(await one.generate(sampling), await base.generate(sampling));
    assert.deepEqual(await other.score(request.groups), await base.score(request.groups));
    const [a, b, c] = [await saved(one, join(folder, 'a')), await saved(same, join(folder, 'b')), await saved(other, join(folder, 'c'))];
    assert.deepEqual(a, b);
    assert.notDeepEqual(a[1], c[1]);
  });

  test('has its A drawn as PEFT draws it, and its B zero', async (t) => {
    const folder = await temporaryModel(t);
    await (await adapterOn(t, folder, { ...everyLayer, rank: 64 })).save(join(folder, 'fresh'), { optimizer: false });
    for (const [name, { shape, data }] of (await readSafetensors(join(folder, 'fresh', 'adapter_model.safetensors'))).tensors) {
      if (name.endsWith('.lora_B.weight')) assert.ok(data.every((value) => value === 0));
      else {
        const bound = 1 / Math.sqrt(shape[1]!);
        const deviation = Math.sqrt(data.reduce((sum, value) => sum + value * value, 0) / data.length);
        assert.ok(data.every((value) => Math.abs(value) <= bound));
        assert.ok(Math.abs(deviation - bound / Math.sqrt(3)) < 0.05 * bound, name);
      }
    }
  });

  test('learns, and leaves the base as it was', async (t) => {
    const folder = await temporaryModel(t);
    const before = await readFile(join(folder, 'model.safetensors'));
    const engine = await adapterOn(t, folder);
    const losses: number[] = [];
    for (let i = 0; i < 40; i++) {
      losses.push((await engine.accumulate(supervised)).loss);
      await engine.step({ learningRate: 1e-2, gradientClip: 1 });
    }
    assert.ok(losses.at(-1)! < 0.6 * losses[0]!, `${losses[0]} to ${losses.at(-1)}`);
    assert.deepEqual(await readFile(join(folder, 'model.safetensors')), before);
    await engine.save(join(folder, 'zeroed'), { optimizer: true });
    assert.deepEqual((await readdir(join(folder, 'zeroed'))).sort(), ['adapter_config.json', 'adapter_model.safetensors', 'optimizer.safetensors']);
  });

  test('keeps gradients and moments of A and B alone', async (t) => {
    const folder = await temporaryModel(t);
    const engine = await adapterOn(t, folder, { rank: 2, alpha: 2, targets: ['k_proj', 'up_proj'], seed: 1 });
    const perLayer = 2 * (16 + 16) + 2 * (16 + 24);
    assert.equal(engine.info.trainedParameters, 2 * perLayer);
    assert.ok(engine.info.parameters > engine.info.trainedParameters);
    await train(engine, 1);
    await engine.save(join(folder, 'saved'), { optimizer: true });
    const moments = (await readSafetensors(join(folder, 'saved', 'optimizer.safetensors'))).tensors;
    assert.equal([...moments.values()].reduce((sum, { data }) => sum + data.length, 0), 2 * 2 * perLayer);
    for (const name of moments.keys()) assert.match(name, /^[mv]\.base_model\.model\.model\.layers\.[01]\.(?:self_attn\.k_proj|mlp\.up_proj)\.lora_[AB]\.weight$/u);
  });

  test('goes on bit for bit after save and load', async (t) => {
    const folder = await temporaryModel(t);
    const undisturbed = await adapterOn(t, folder);
    await train(undisturbed, 5);
    const first = await adapterOn(t, folder);
    await train(first, 3);
    await first.save(join(folder, 'three'), { optimizer: true });
    const second = await adapterOn(t, folder);
    await train(second, 1); // must leave no trace
    await second.load(join(folder, 'three'));
    assert.equal(second.version(), 3);
    await train(second, 2);
    assert.deepEqual(await saved(second, join(folder, 'a')), await saved(undisturbed, join(folder, 'b')));
    assert.deepEqual(await second.generate(sampling), await undisturbed.generate(sampling));
  });

  test('gives in replicas in several threads what it gives in one', async (t) => {
    const folder = await temporaryModel(t);
    const long = requestFor(exampleGroups(Array.from({ length: 4 }, () => [60, 90, 40]), 250));
    const engines = await Promise.all([1, 2].map((threads) => createTfjsEngine(optionsFor(folder, { threads, lora: everyLayer }))));
    t.after(() => Promise.all(engines.map((engine) => engine.close())));
    const [one, two] = await Promise.all(
      engines.map(async (engine, i) => {
        for (let step = 0; step < 2; step++) {
          await engine.accumulate(long);
          await engine.step({ learningRate: 1e-2, gradientClip: 1 });
        }
        return [await engine.generate(sampling), await saved(engine, join(folder, String(i)))];
      }),
    );
    assert.deepEqual(one, two);
  });

  test('keeps no tensor over its steps', async (t) => {
    const engine = await adapterOn(t, await temporaryModel(t));
    const cycle = async (): Promise<void> => {
      await engine.generate(sampling);
      await train(engine, 1);
    };
    await cycle();
    const before = tf.memory().numTensors;
    for (let i = 0; i < 5; i++) await cycle();
    assert.equal(tf.memory().numTensors, before);
    await engine.close();
    assert.equal(tf.memory().numTensors, 0);
  });
});

test('experts get no adapter, their attention does', async (t) => {
  const experts = { count: 4, perToken: 2, width: 12, normalised: true, layers: [1] };
  const folder = await temporaryModel(t, { ...tinyConfig, qkNorm: true, experts });
  await assert.rejects(adapterOn(t, folder), hasCode('MODEL_UNSUPPORTED', /engine\.lora\.targets.*gate_proj, up_proj, down_proj/u));
  const engine = await adapterOn(t, folder, { ...everyLayer, targets: ['q_proj', 'v_proj'] });
  const before = (await engine.accumulate(supervised)).loss;
  await engine.step({ learningRate: 1e-2, gradientClip: 1 });
  assert.ok((await engine.accumulate(supervised)).loss < before);
});

describe('the folder of an adapter', () => {
  test('is a model: its base with the adapter merged', async (t) => {
    const folder = await temporaryModel(t);
    const engine = await adapterOn(t, folder);
    await train(engine, 3);
    await engine.save(join(folder, 'adapter'), { optimizer: false });
    assert.ok(!existsSync(join(folder, 'adapter', 'config.json')));
    const merged = await adapterOn(t, join(folder, 'adapter'), null);
    assert.equal(merged.version(), 0);
    const [expected, actual] = [(await engine.score(request.groups)).flat(2), (await merged.score(request.groups)).flat(2)];
    const base = (await (await adapterOn(t, folder, null)).score(request.groups)).flat(2);
    assert.ok(expected.some((logprob, i) => Math.abs(logprob - base[i]!) > 0.01), 'the adapter changes something');
    expected.forEach((logprob, i) => assert.ok(Math.abs(logprob - actual[i]!) < 1e-5));
    assert.deepEqual((await readModel(join(folder, 'adapter'))).config, (await readModel(folder)).config);
  });

  test('has the tokenizer and the stop tokens of its base, though it holds neither', async (t) => {
    const base = fixturePath('tokenizers', 'smollm-like');
    const folder = await temporaryModel(t, tinyConfig);
    await cp(base, folder, { recursive: true });
    const adapted = join(await temporaryModel(t), 'adapter');
    await mkdir(adapted);
    await writeAdapter(adapted, livelyAdapter(tinyConfig), folder, {});
    const [own, its] = [await loadTokenizer(folder), await loadTokenizer(adapted)];
    assert.deepEqual(its.encodeWithSpecials('It rises.'), own.encodeWithSpecials('It rises.'));
    assert.deepEqual(its.stopTokens, own.stopTokens);
    const merged = await adapterOn(t, adapted, null);
    await merged.save(join(folder, 'saved'), { optimizer: false });
    assert.ok(existsSync(join(folder, 'saved', 'tokenizer.json')));
  });

  test('whose base is not there, or an adapter itself, is refused', async (t) => {
    const folder = await temporaryModel(t);
    const [one, two] = [join(folder, 'one'), join(folder, 'two')];
    for (const [directory, base] of [[one, join(folder, 'nowhere')], [two, one]] as const) {
      await mkdir(directory);
      await writeAdapter(directory, livelyAdapter(tinyConfig), base, {});
    }
    await assert.rejects(readModel(one), hasCode('MODEL_INVALID', /nowhere/u));
    await assert.rejects(readModel(two), hasCode('MODEL_UNSUPPORTED', /adapter itself/u));
  });

  test('is loaded by no engine of another kind, rank or targets, and a model by none that trains an adapter', async (t) => {
    const folder = await temporaryModel(t);
    const engine = await adapterOn(t, folder);
    await engine.save(join(folder, 'adapter'), { optimizer: true });
    for (const lora of [null, { ...everyLayer, rank: 2 }, { ...everyLayer, alpha: 6 }, { ...everyLayer, targets: ['q_proj' as const] }]) {
      await assert.rejects((await adapterOn(t, folder, lora)).load(join(folder, 'adapter')), hasCode('MODEL_INVALID', /engine\.lora/u));
    }
    await assert.rejects(engine.load(folder), hasCode('MODEL_INVALID', /engine\.lora/u));
    await assert.rejects(TfjsEngine.open(optionsFor(join(folder, 'adapter'), { lora: everyLayer })), hasCode('MODEL_UNSUPPORTED', /engine\.lora/u));
  });
});
