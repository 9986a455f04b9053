/* The value head: against PyTorch, finite differences, itself after save and load, itself in replicas; and that it learns. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { cp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test, type TestContext } from 'node:test';
import fc from 'fast-check';
import { headFile } from '../../../../infra/engine/tfjs/critic/head-files.ts';
import { promptPass } from '../../../../infra/engine/tfjs/critic/prompt-states.ts';
import { headNames, ValueHead } from '../../../../infra/engine/tfjs/critic/value-head.ts';
import type { TfjsEngineOptions } from '../../../../infra/engine/tfjs/engine-options.ts';
import { createTfjsEngine } from '../../../../infra/engine/tfjs/create-tfjs-engine.ts';
import type { TfjsEngine } from '../../../../infra/engine/tfjs/tfjs-engine.ts';
import type { AccumulateReport, Engine, TrainingGroup } from '../../../../operators/ports/engine.ts';
import { fixturePath } from '../../../fixtures/fixture-path.ts';
import { hasCode } from '../model-files/has-code.ts';
import { assertNear } from '../assert-near.ts';
import { onTestedBackend, testedBackend } from '../tested-backend.ts';
import { openTrainerOf, tinyConfig } from './open-model.ts';
import { engineOn as openOn, optionsFor, savedBytes, temporaryModel } from './temporary-model.ts';
import { exampleGroups, requestFor, tokensOf } from './training-examples.ts';

interface GoldenCase {
  readonly model: string;
  readonly prompts: readonly (readonly number[])[];
  readonly rewards: readonly (readonly number[])[];
  readonly learningRate: number;
  readonly steps: readonly { readonly values: readonly number[]; readonly loss: number; readonly weightGradient: readonly number[]; readonly biasGradient: number }[];
}
/** Made with PyTorch and transformers (fixtures/make-golden-critic.py). */
const golden = JSON.parse(readFileSync(fixturePath('golden', 'critic.json'), 'utf8')) as GoldenCase[];

const engineOn = (t: TestContext, folder: string, changes: Partial<TfjsEngineOptions> = {}): Promise<TfjsEngine> => openOn(t, folder, { critic: true, ...changes });

async function valuesOf(engine: Engine, prompts: readonly (readonly number[])[]): Promise<readonly number[]> {
  const groups = prompts.map((promptTokens) => ({ promptTokens, seeds: [1] }));
  return (await engine.generate({ groups, maxNewTokens: 1, temperature: 1, stopTokens: [], values: true })).values!;
}

const rewarded = (groups: readonly TrainingGroup[]): TrainingGroup[] => groups.map(({ promptTokens, responses }, g) => ({ promptTokens, responses: responses.map((response, r) => ({ ...response, reward: (g + r) % 2 })) }));
const groups = rewarded(exampleGroups([[3, 5], [4, 2]]));
const request = { ...requestFor(groups), stepResponses: 4 };

async function train(engine: Engine, steps: number): Promise<void> {
  for (let i = 0; i < steps; i++) {
    await engine.accumulate(request);
    await engine.step({ learningRate: 1e-3, gradientClip: 1, criticLearningRate: 0.02 });
  }
}

const close = (actual: number, expected: number, bound = 2e-6): boolean => Math.abs(actual - expected) <= bound + 1e-4 * Math.abs(expected);

describe(`the critic${onTestedBackend()}`, () => {
  for (const { model, prompts, rewards, learningRate, steps } of golden) {
    test(`has the values, losses and steps of PyTorch: ${model}`, async (t) => {
      const engine = await engineOn(t, fixturePath('golden', model));
      const training = prompts.map((promptTokens, g) => ({
        promptTokens,
        responses: rewards[g]!.map((reward, r) => ({ id: `${g}/${r}`, tokens: [5 + r, 6], logprobs: [-1, -1], advantage: 0, reward })),
      }));
      for (const { values, loss } of steps) {
        const own = await valuesOf(engine, prompts);
        own.forEach((value, i) => assert.ok(close(value, values[i]!), `${value} where ${values[i]} is due`));
        const report = await engine.accumulate({ ...requestFor(training), stepResponses: rewards.flat().length });
        assert.equal(report.valueResponses, rewards.flat().length);
        assert.ok(close(report.valueErrorSum! / report.valueResponses, loss), `${report.valueErrorSum}`);
        await engine.step({ learningRate: 0, gradientClip: 1, criticLearningRate: learningRate });
      }
    });

    test(`has the gradient of PyTorch: ${model}`, async () => {
      const { model: policy } = await openTrainerOf(fixturePath('golden', model));
      const states = prompts.map((prompt) => promptPass(prompt, policy));
      const head = new ValueHead(states[0]!.length);
      for (const [i, state] of states.entries()) head.accumulate({ state, rewards: rewards[i]! }, rewards.flat().length);
      const gradients = head.collect();
      const { weightGradient, biasGradient } = steps[0]!;
      assert.ok(close(gradients.get(headNames.bias)![0]!, biasGradient));
      gradients.get(headNames.weight)!.forEach((value, i) => assert.ok(close(value, weightGradient[i]!), `${i}: ${value}, ${weightGradient[i]}`));
    });
  }

  test('goes on bit for bit after save and load, and leaves the policy as it is without', async (t) => {
    const folder = await temporaryModel(t);
    const undisturbed = await engineOn(t, folder);
    await train(undisturbed, 5);
    const first = await engineOn(t, folder);
    await train(first, 3);
    await first.save(join(folder, 'three'), { optimizer: true });
    const second = await engineOn(t, folder);
    await train(second, 1); // must leave no trace
    await second.load(join(folder, 'three'));
    await train(second, 2);
    const without = await engineOn(t, folder, { critic: false });
    await train(without, 5);
    const bytes = (engine: Engine, name: string): Promise<Buffer[]> => savedBytes(engine, join(folder, name), ['model.safetensors', 'optimizer.safetensors']);
    assert.deepEqual(await bytes(second, 'a'), await bytes(undisturbed, 'b'));
    assert.deepEqual(await readFile(join(folder, 'a', headFile)), await readFile(join(folder, 'b', headFile)));
    assert.deepEqual(await bytes(without, 'c'), await bytes(undisturbed, 'b'), 'the loss of the critic moves the head alone');
    await assert.rejects(readFile(join(folder, 'c', headFile)), { code: 'ENOENT' });
  });

  test('beside an adapter, too', async (t) => {
    const folder = await temporaryModel(t);
    const lora = { lora: { rank: 2, alpha: 4, targets: ['q_proj'], seed: 3 } } as const;
    const trained = await engineOn(t, folder, lora);
    await train(trained, 3);
    const prompts = groups.map(({ promptTokens }) => promptTokens);
    await trained.save(join(folder, 'adapter'), { optimizer: false });
    const loaded = await engineOn(t, folder, lora);
    await loaded.load(join(folder, 'adapter'));
    assert.deepEqual(await valuesOf(loaded, prompts), await valuesOf(trained, prompts));
  });

  test('a folder without a head begins one anew, one of another version or shape is refused', async (t) => {
    const folder = await temporaryModel(t);
    const engine = await engineOn(t, folder);
    await train(engine, 2);
    await engine.save(join(folder, 'two'), { optimizer: true });
    await train(engine, 1);
    await engine.save(join(folder, 'three'), { optimizer: true });
    await cp(join(folder, 'two', headFile), join(folder, 'three', headFile));
    await assert.rejects(engine.load(join(folder, 'three')), hasCode('MODEL_INVALID', /value head is not of version 3/));
    const wider = await engineOn(t, await temporaryModel(t, { ...tinyConfig, width: 32 }));
    await train(wider, 2);
    await wider.save(join(folder, 'wide'), { optimizer: true });
    await cp(join(folder, 'wide', headFile), join(folder, 'two', headFile));
    await assert.rejects(engine.load(join(folder, 'two')), hasCode('MODEL_INVALID', /no tensor "value_head\.weight" of shape \[1, 16\]/));
    await rm(join(folder, 'three', headFile));
    await engine.load(join(folder, 'three'));
    assert.deepEqual(await valuesOf(engine, [tokensOf(5, 1)]), [0]);
  });

  test('values a prompt alike, whatever stands beside it, to the bit', async (t) => {
    const engine = await engineOn(t, await temporaryModel(t));
    await train(engine, 4);
    const prompts = [tokensOf(9, 1), tokensOf(17, 4), tokensOf(30, 2), tokensOf(3, 7)];
    const together = await valuesOf(engine, prompts);
    for (const [i, prompt] of prompts.entries()) assert.deepEqual(await valuesOf(engine, [prompt]), [together[i]]);
    assert.ok(new Set(together).size === 4 && together.every(Number.isFinite));
  });

  test('learns in replicas what it learns in one, to the bit', async (t) => {
    const folder = await temporaryModel(t);
    const long = rewarded(exampleGroups(Array.from({ length: 6 }, () => [60, 90, 40]), 250)); // five passes
    const prompts = Array.from({ length: 7 }, (_, i) => tokensOf(20 + 9 * i, i));
    const engines = await Promise.all([1, 2, 3].map((threads) => createTfjsEngine(optionsFor(folder, { threads, critic: true }))));
    t.after(() => Promise.all(engines.map((engine) => engine.close())));
    const [one, ...others] = await Promise.all(
      engines.map(async (engine, i) => {
        const reports: AccumulateReport[] = [];
        for (let step = 0; step < 3; step++) {
          reports.push(await engine.accumulate({ ...requestFor(long), stepResponses: 18 }));
          await engine.step({ learningRate: 1e-3, gradientClip: 1, criticLearningRate: 0.05 });
        }
        return { reports, values: await valuesOf(engine, prompts), saved: await savedBytes(engine, join(folder, `saved-${i}`), [headFile]) };
      }),
    );
    assert.deepEqual(engines.map(({ info }) => info.threads), [1, 2, 3]);
    for (const other of others) {
      if (testedBackend() === 'webgpu') assertNear(other.values, one!.values); // a GPU adds what several tiles find of a key in no fixed order
      else assert.deepEqual(other, one);
    }
  });

  test('learns to foretell rewards that the prompts decide, while the policy learns too', async (t) => {
    const engine = await engineOn(t, await temporaryModel(t));
    const kinds = Array.from({ length: 12 }, (_, i) => ({ promptTokens: [...tokensOf(8, i), i % 2 === 0 ? 11 : 23], reward: i % 2 }));
    const training = kinds.map(({ promptTokens, reward }, g) => ({ promptTokens, responses: [0, 1].map((r) => ({ id: `${g}/${r}`, tokens: tokensOf(3, g + r), logprobs: [-3.8, -3.8, -3.8], advantage: reward - 0.5, reward })) }));
    const losses: number[] = [];
    for (let step = 0; step < 60; step++) {
      const { valueErrorSum, valueResponses } = await engine.accumulate({ ...requestFor(training), stepResponses: 24 });
      losses.push(valueErrorSum! / valueResponses!);
      await engine.step({ learningRate: 1e-4, gradientClip: 1, criticLearningRate: 0.1 });
    }
    assert.ok(Math.abs(losses[0]! - 0.5) < 1e-6, 'it begins at 0');
    assert.ok(losses[59]! < 0.025, `of a variance of 0.25 a tenth is left: ${losses[59]}`);
    const unseen = await valuesOf(engine, [11, 23].map((last) => [...tokensOf(8, 40), last]));
    assert.ok(unseen[0]! < 0.35 && unseen[1]! > 0.65, `of a prompt that it has not seen: ${unseen.join(', ')}`);
  });

  test('a mean over responses needs their number; without rewards nothing is learned', async (t) => {
    const engine = await engineOn(t, await temporaryModel(t));
    await assert.rejects(engine.accumulate(requestFor(groups)), hasCode('USAGE', /stepResponses/));
    await engine.discard();
    const report = await engine.accumulate(requestFor(exampleGroups([[3, 5], [4, 2]])));
    await engine.step({ learningRate: 1e-3, gradientClip: 1, criticLearningRate: 0.1 });
    assert.deepEqual([report.valueErrorSum, report.valueResponses], [0, 0]);
    assert.deepEqual(await valuesOf(engine, [tokensOf(5, 1)]), [0]);
  });

  test('a response that is lost is lost to the critic too', async (t) => {
    const folder = await temporaryModel(t);
    const [whole, without] = [await engineOn(t, folder), await engineOn(t, folder)];
    const lost = groups.map((group, g) => ({ ...group, responses: group.responses.map((response, r) => (g === 0 && r === 1 ? { ...response, advantage: NaN } : response)) }));
    const left = lost.map((group) => ({ ...group, responses: group.responses.filter(({ advantage }) => !Number.isNaN(advantage)) }));
    const report = await whole.accumulate({ ...request, groups: lost });
    await without.accumulate({ ...request, groups: left });
    assert.deepEqual([report.notFinite, report.valueResponses], [['0/1'], 3]);
    const step = { learningRate: 1e-3, gradientClip: 1, criticLearningRate: 0.1 };
    for (const engine of [whole, without]) await engine.step(step);
    assert.deepEqual(await savedBytes(whole, join(folder, 'a'), [headFile]), await savedBytes(without, join(folder, 'b'), [headFile]));
  });

  test('is refused where there is none', async (t) => {
    const engine = await engineOn(t, await temporaryModel(t), { critic: false });
    await assert.rejects(valuesOf(engine, [tokensOf(4, 1)]), hasCode('USAGE', /opened without a critic/));
  });
});

test('the gradient of the value head equals finite differences', () => {
  const unit = fc.float({ min: -1, max: 1, noNaN: true });
  fc.assert(
    fc.property(fc.array(unit, { minLength: 8, maxLength: 8 }), fc.array(unit, { minLength: 8, maxLength: 8 }), fc.array(fc.constantFrom(0, 0.25, 1), { minLength: 1, maxLength: 5 }), (weights, state, rewards) => {
      const head = new ValueHead(8);
      const weight = head.tensors.get(headNames.weight)!.data;
      weight.set(weights);
      const at = { state: Float32Array.from(state), rewards };
      const loss = (): number => head.accumulate(at, rewards.length).squares / rewards.length;
      loss();
      const gradient = head.collect().get(headNames.weight)!;
      for (let i = 0; i < 8; i++) {
        const before = weight[i]!;
        const losses = [0.01, -0.01].map((h) => {
          weight[i] = before + h;
          return [weight[i]!, loss()] as const;
        });
        weight[i] = before;
        const difference = (losses[0]![1] - losses[1]![1]) / (losses[0]![0] - losses[1]![0]);
        assert.ok(Math.abs(difference - gradient[i]!) < 1e-5, `${difference} ${gradient[i]}`);
      }
    }),
  );
});
