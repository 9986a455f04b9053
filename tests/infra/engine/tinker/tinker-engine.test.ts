import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { TfjsEngine } from '../../../../infra/engine/tfjs/tfjs-engine.ts';
import type { AccumulateRequest, Engine, TrainingGroup } from '../../../../operators/ports/engine.ts';
import { optionsFor } from '../tfjs/temporary-model.ts';
import { exampleGroups, grpoLoss, responseTokens, tokensOf } from '../tfjs/training-examples.ts';
import { isError } from '../../../is-error.ts';
import { fakeServer, lora, loraSeed } from './fake/fake-server.ts';

const lengths = [[5, 9, 3], [7, 2]];

function assertNear(actual: number, expected: number, tolerance: number, what: string): void {
  assert.ok(Math.abs(actual - expected) <= tolerance, `${what} is ${actual}, not ${expected}`);
}

/** On-policy, as a run has it: sampled under the weights that are trained. */
async function onPolicy(engine: Engine, groups: readonly TrainingGroup[]): Promise<TrainingGroup[]> {
  const scores = await engine.score(groups);
  return groups.map((group, g) => ({ ...group, responses: group.responses.map((response, r) => ({ ...response, logprobs: scores[g]![r]! })) }));
}

function requests(groups: readonly TrainingGroup[], loss: AccumulateRequest['loss']): AccumulateRequest[] {
  const stepTokens = responseTokens(groups) + 4; // as with responses at advantage 0, which are not sent
  const stepResponses = groups.flatMap(({ responses }) => responses).length;
  return groups.map((group) => ({ groups: [group], loss, stepTokens, stepResponses }));
}

async function train(engine: Engine, groups: readonly TrainingGroup[], loss: AccumulateRequest['loss']): Promise<{ loss: number; norm: number | null; tokens: number }> {
  let [sum, tokens] = [0, 0];
  for (const request of requests(groups, loss)) {
    const report = await engine.accumulate(request);
    sum += report.loss;
    tokens += report.responseTokens;
  }
  const { gradientNorm } = await engine.step({ learningRate: 0.01, gradientClip: 1e9 });
  return { loss: sum, norm: gradientNorm, tokens };
}

const losses: readonly AccumulateRequest['loss'][] = [grpoLoss, { kind: 'cross-entropy' }];
const cases = (['mean over sequences', 'sum'] as const).flatMap((reduction) => losses.map((loss) => ({ reduction, loss })));

for (const { reduction, loss } of cases) {
  test(`two updates by ${loss.kind} on a server that gives the ${reduction} equal those in process`, async (t) => {
    const { open, modelDirectory } = await fakeServer(t, reduction);
    const remote = await open();
    const local = await TfjsEngine.open(optionsFor(modelDirectory, { lora: { ...lora, seed: loraSeed } }));
    t.after(() => local.close());
    for (let step = 0; step < 2; step++) {
      const groups = await onPolicy(local, exampleGroups(lengths));
      const [there, here] = [await train(remote, groups, loss), await train(local, groups, loss)];
      assert.equal(there.tokens, here.tokens);
      assertNear(there.loss, here.loss, 1e-5, 'loss');
      assertNear(there.norm!, here.norm!, 1e-4 * here.norm!, 'gradient norm');
      const [far, near] = [(await remote.score(groups)).flat(2), (await local.score(groups)).flat(2)];
      far.forEach((logprob, i) => assertNear(logprob, near[i]!, 1e-4, `log-probability ${i} after the update`));
    }
    assert.equal(remote.version(), 2);
  });
}

test('samples come in the order asked, with log-probabilities of the weights that sampled them', async (t) => {
  const { open, fake } = await fakeServer(t);
  const engine = await open();
  const groups = [1, 2, 3].map((start) => ({ promptTokens: tokensOf(5 + start, start), seeds: [start * 1000, start * 1000 + 1] }));
  fake.faults = ({ path, before }) => (path === 'retrieve_future' && before > 4 && before < 10 ? 'try-again' : null); // the first asked answer last
  const asked = { groups, maxNewTokens: 6, temperature: 1, stopTokens: [0] };
  const { samples, policyVersion } = await engine.generate(asked);
  assert.equal(policyVersion, 0);
  assert.deepEqual((await engine.generate(asked)).samples, samples, 'the same seeds, the same samples');
  const scored = await engine.score(groups.map(({ promptTokens }, g) => ({ promptTokens, responses: samples[g]!.map(({ tokens, logprobs }, i) => ({ id: String(i), tokens, logprobs, advantage: 0 })) })));
  samples.forEach((own, g) => {
    assert.equal(own.length, 2);
    own.forEach(({ logprobs }, i) => logprobs.forEach((logprob, k) => assertNear(logprob, scored[g]![i]![k]!, 1e-4, `sample ${g}/${i}`)));
  });
});

test('every sample of a prompt is asked for at once, and none beyond the positions of the model', async (t) => {
  const { open, fake } = await fakeServer(t);
  const engine = await open();
  await engine.generate({ groups: [{ promptTokens: tokensOf(509, 1), seeds: [0xffff_ffff, 1, 2] }], maxNewTokens: 50, temperature: 1, stopTokens: [] });
  const asked = fake.asked.filter(({ path }) => path === 'asample').map(({ body }) => JSON.parse(body.toString()) as { num_samples: number; seq_id: number; sampling_params: { max_tokens: number; seed: number } });
  assert.deepEqual(asked.map(({ num_samples, seq_id, sampling_params }) => [num_samples, seq_id, sampling_params.max_tokens, sampling_params.seed]), [[3, 0, 3, 0x3fff_ffff]]);
});

for (const optimizer of [true, false]) {
  test(`weights saved ${optimizer ? 'with the optimiser go on' : 'without are sampled by'} in another engine as in the first`, async (t) => {
    const { open } = await fakeServer(t);
    const [first, second] = [await open(), await open()];
    const groups = exampleGroups(lengths);
    await train(first, groups, grpoLoss);
    const folder = temporaryFolder(t);
    await first.save(folder, { optimizer });
    await second.load(folder);
    assert.equal(second.version(), 1);
    const asked = { groups: [{ promptTokens: tokensOf(9, 1), seeds: [5] }], maxNewTokens: 8, temperature: 1, stopTokens: [] };
    assert.deepEqual(await second.generate(asked), await first.generate(asked));
    if (!optimizer) {
      await assert.rejects(train(second, groups, grpoLoss), isError('ENGINE_FAILED', /can be sampled by and not trained/));
      return;
    }
    await train(second, groups, grpoLoss);
    await train(first, groups, grpoLoss);
    assert.deepEqual(await second.score(groups), await first.score(groups));
  });
}

test('gradients that a killed client left behind do not reach the next model', async (t) => {
  const { open, fake } = await fakeServer(t);
  const groups = exampleGroups(lengths);
  const [undisturbed, killed] = [await open(), await open()];
  const clean = await train(undisturbed, groups, grpoLoss);
  await undisturbed.close();
  await killed.accumulate(requests(exampleGroups([[6, 6]]), grpoLoss)[0]!);
  await fake.tinker.expire();
  const next = await open();
  assert.deepEqual(await train(next, groups, grpoLoss), clean);
  assert.deepEqual(fake.tinker.steps.map(({ data }) => data), [5, 5]);
});

test('the server keeps the newest states alone, and no sampler of an older version', async (t) => {
  const { open, fake } = await fakeServer(t);
  const engine = await open({ keepStates: 2 });
  for (let version = 0; version < 4; version++) {
    await engine.generate({ groups: [{ promptTokens: tokensOf(9, 1), seeds: [5] }], maxNewTokens: 2, temperature: 1, stopTokens: [] });
    await train(engine, exampleGroups(lengths), grpoLoss);
    await engine.save(temporaryFolder(t), { optimizer: true });
  }
  assert.equal(fake.asked.filter(({ method }) => method === 'DELETE').length, 2 + 4);
  assert.deepEqual(fake.tinker.steps.map(({ data }) => data), [5, 5, 5, 5]);
});

test('a response that is not finite contributes nothing and does not change the mean', async (t) => {
  const { open, modelDirectory } = await fakeServer(t);
  const remote = await open();
  const local = await TfjsEngine.open(optionsFor(modelDirectory, { lora: { ...lora, seed: loraSeed } }));
  t.after(() => local.close());
  const [group] = exampleGroups([[5, 9, 3]]);
  const responses = group!.responses.map((response, r) => (r === 1 ? { ...response, logprobs: response.tokens.map(() => Number.NaN) } : response));
  const [request] = requests([{ ...group!, responses }], grpoLoss);
  assert.deepEqual((await remote.accumulate(request!)).notFinite, ['0/1']);
  assert.deepEqual((await local.accumulate(request!)).notFinite, ['0/1']);
  const [there, here] = [await remote.step({ learningRate: 0.01, gradientClip: 1e9 }), await local.step({ learningRate: 0.01, gradientClip: 1e9 })];
  assertNear(there.gradientNorm!, here.gradientNorm!, 1e-4 * here.gradientNorm!, 'gradient norm');
});

test('gradients that are given up are dropped where the weights were saved, and end the run where not', async (t) => {
  const { open } = await fakeServer(t);
  const [engine, other] = [await open(), await open()];
  const groups = exampleGroups(lengths);
  await engine.accumulate(requests(groups, grpoLoss)[0]!);
  await engine.discard();
  assert.deepEqual(await train(engine, groups, grpoLoss), await train(other, groups, grpoLoss), 'of the base model');
  await engine.accumulate(requests(groups, grpoLoss)[0]!);
  await assert.rejects(engine.discard(), isError('ENGINE_FAILED', /version 1 were not saved/));
});

test('weights of another model, another rank or another engine are refused', async (t) => {
  const { open, modelDirectory } = await fakeServer(t);
  const engine = await open();
  const folder = temporaryFolder(t);
  await engine.save(folder, { optimizer: true });
  const larger = await open({ lora: { ...lora, rank: 4 } });
  await assert.rejects(larger.load(folder), isError('MODEL_INVALID', /with rank 3; the run's are of tiny-model with rank 4/));
  await assert.rejects(engine.load(modelDirectory), isError('MODEL_INVALID', /tinker\.json/));
});

function temporaryFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'pretrainzero-tinker-weights-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

