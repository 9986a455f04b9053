import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Engine, GenerateResult } from '../../../../operators/ports/engine.ts';
import { isError } from '../../../is-error.ts';
import { exampleGroups, requestFor, tokensOf } from '../tfjs/training-examples.ts';
import { completionPaths } from './fake-completions.ts';
import { endToken, servedEngine, type Served } from './served-engine.ts';

const loading: readonly Served[] = [
  { server: 'vllm', weights: 'adapter' },
  { server: 'sglang', weights: 'adapter' },
  { server: 'sglang', weights: 'all' },
];
const all: readonly Served[] = [...loading, { server: 'llama-cpp', weights: null }];
const prompts = [
  { promptTokens: tokensOf(7, 1), seeds: [1000, 1001, 1002] },
  { promptTokens: tokensOf(9, 4), seeds: [0xffff_ffff, 7] },
];
const asked = { groups: prompts, maxNewTokens: 6, temperature: 1, stopTokens: [endToken] };

/** How far the samples' log-probabilities are from those of the engine's own weights. */
async function distance(engine: Engine, { samples }: GenerateResult): Promise<number> {
  const scored = await engine.score(asked.groups.map(({ promptTokens }, g) => ({ promptTokens, responses: samples[g]!.map(({ tokens, logprobs }, i) => ({ id: `${g}/${i}`, tokens, logprobs, advantage: 0 })) })));
  return Math.max(...samples.flatMap((own, g) => own.flatMap(({ logprobs }, i) => logprobs.map((logprob, k) => Math.abs(logprob - scored[g]![i]![k]!)))));
}

async function train(engine: Engine): Promise<void> {
  await engine.accumulate(requestFor(exampleGroups([[5, 9, 3], [7, 2]])));
  await engine.step({ learningRate: 0.05, gradientClip: 1e9 });
}

for (const served of loading) {
  test(`${served.server} with ${String(served.weights)}: samples are of the weights that are trained, version by version, and none is left`, async (t) => {
    const { open, fake, folder } = await servedEngine(t, served);
    const engine = await open();
    for (let version = 0; version < 3; version++) {
      const result = await engine.generate(asked);
      assert.equal(result.policyVersion, version);
      assert.ok((await distance(engine, result)) < 1e-4, `version ${version}`);
      assert.deepEqual(await engine.generate(asked), result, 'the same seeds, the same samples');
      assert.deepEqual(readdirSync(folder), [`run-version-${version}`]);
      if (served.weights === 'adapter') assert.deepEqual(fake.adapters, [`run-version-${version}`]);
      await train(engine);
      assert.ok((await distance(engine, result)) > 1e-3, 'the step shows');
    }
    const loads = fake.asked.filter(({ path }) => /load_lora_adapter$|update_weights/u.test(path) && !path.includes('unload'));
    assert.equal(loads.length, 3, 'a version is loaded once');
    await engine.close();
    assert.deepEqual([fake.adapters, readdirSync(folder)], [[], []]);
  });
}

test('a server that keeps its weights gives version 0, whatever was trained', async (t) => {
  const { open } = await servedEngine(t, { server: 'llama-cpp', weights: null });
  const engine = await open();
  const before = await engine.generate(asked);
  assert.ok((await distance(engine, before)) < 1e-4);
  await train(engine);
  const after = await engine.generate(asked);
  assert.deepEqual([after.policyVersion, engine.version()], [0, 1]);
  assert.deepEqual(after.samples, before.samples);
});

for (const served of all) {
  test(`${served.server} with ${String(served.weights)}: samples come in the order asked, each from its own seed`, async (t) => {
    const { open, fake } = await servedEngine(t, served);
    const { samples } = await (await open()).generate(asked);
    assert.deepEqual(samples.map((own) => own.length), asked.groups.map(({ seeds }) => seeds.length));
    assert.ok(new Set(samples.flat().map(({ tokens }) => tokens.join())).size > 3);
    const bodies = fake.asked.filter(({ path }) => path === completionPaths[served.server]).map(({ body }) => body);
    const of = asked.groups.map(({ promptTokens }) => bodies.filter(({ prompt }) => prompt.join() === promptTokens.join()).map(({ n, seed }) => [n, seed]));
    const one = served.server === 'llama-cpp' ? undefined : 1;
    const expected = served.server === 'vllm' ? [[[3, 1000]], [[2, 0x3fff_ffff]]] : [[[one, 1000], [one, 1001], [one, 1002]], [[one, 0x3fff_ffff], [one, 7]]];
    assert.deepEqual(of, expected);
  });
}

test('weights of a checkpoint are loaded in place of those that the server has of that version', async (t) => {
  const { open, fake, folder } = await servedEngine(t, { server: 'vllm', weights: 'adapter' });
  const engine = await open();
  const checkpoint = join(folder, '..', `${folder.split('/').at(-1)!}-checkpoint`);
  await train(engine);
  await engine.save(checkpoint, { optimizer: true });
  await train(engine);
  await engine.generate(asked);
  await engine.load(checkpoint);
  assert.deepEqual(fake.adapters, []);
  await train(engine); // version 2 again, of the same steps
  const result = await engine.generate(asked);
  assert.equal(result.policyVersion, 2);
  assert.ok((await distance(engine, result)) < 1e-4);
});

test('what a killed process left on the server under the same name is taken off', async (t) => {
  const { open, fake } = await servedEngine(t, { server: 'vllm', weights: 'adapter' });
  const [killed, next] = [await open(), await open()];
  await train(killed);
  await killed.generate(asked);
  await train(next);
  await train(next);
  await next.generate(asked); // version 2: nothing in the way
  const other = await open();
  await other.accumulate(requestFor(exampleGroups([[2, 2]])));
  await other.step({ learningRate: 0.05, gradientClip: 1e9 });
  const result = await other.generate(asked);
  assert.ok((await distance(other, result)) < 1e-4);
  assert.deepEqual(fake.asked.map(({ path }) => path).filter((path) => path.includes('lora')).slice(-3), ['/v1/load_lora_adapter', '/v1/unload_lora_adapter', '/v1/load_lora_adapter']);
});

test('a server that cannot load the weights is refused before anything is asked of it', async (t) => {
  const { open, fake } = await servedEngine(t, { server: 'vllm', weights: 'all' });
  await assert.rejects(open(), isError('USAGE', /vllm cannot load all weights while it runs/));
  assert.equal(fake.asked.length, 0);
});

test('a sample is cut at the first stop token of the run, where the server does not stop at it', async (t) => {
  const spoil = { endTokens: [] }; // llama.cpp knows no stop token but the model file's
  const { open } = await servedEngine(t, { server: 'llama-cpp', weights: null }, spoil);
  const engine = await open();
  const free = (await engine.generate({ ...asked, stopTokens: [] })).samples.flat();
  const stop = free[0]!.tokens[2]!;
  const cut = (await engine.generate({ ...asked, stopTokens: [stop] })).samples.flat();
  cut.forEach((sample, i) => {
    const at = free[i]!.tokens.indexOf(stop);
    const expected = at < 0 ? free[i]! : { tokens: free[i]!.tokens.slice(0, at + 1), logprobs: free[i]!.logprobs.slice(0, at + 1), finishReason: 'stop' as const };
    assert.deepEqual(sample, expected);
  });
  assert.equal(cut[0]!.finishReason, 'stop');
});

test('prompts get no more tokens than the model has positions', async (t) => {
  const { open, fake } = await servedEngine(t, { server: 'vllm', weights: 'adapter' });
  await (await open()).generate({ groups: [{ promptTokens: tokensOf(509, 1), seeds: [1] }], maxNewTokens: 50, temperature: 1, stopTokens: [] });
  assert.equal(fake.asked.at(-1)!.body.max_tokens, 3);
  assert.ok(existsSync(String(fake.asked.find(({ path }) => path.endsWith('load_lora_adapter'))!.body.lora_path)));
});

test("a llama.cpp sample with a token that has no log-probability has none at all, and another one's is whole", async (t) => {
  const { open: openWhole } = await servedEngine(t, { server: 'llama-cpp', weights: null });
  const whole = (await (await openWhole()).generate(asked)).samples.flat();
  const lost = whole[0]!.tokens[1]!;
  const { open } = await servedEngine(t, { server: 'llama-cpp', weights: null }, { withoutLogprob: [lost] });
  const samples = (await (await open()).generate(asked)).samples.flat();
  samples.forEach((sample, i) => {
    const expected = whole[i]!;
    assert.deepEqual(sample, expected.tokens.includes(lost) ? { ...expected, logprobs: expected.tokens.map(() => Number.NaN) } : expected);
  });
  assert.ok(samples.some(({ logprobs }) => logprobs.every(Number.isFinite)));
});
