/** What goes wrong between the engine and the server that samples: samples are the same after it, or the run ends with a reason. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RolloutServer } from '../../../../infra/engine/openai-rollouts/rollouts-options.ts';
import type { Sample } from '../../../../operators/ports/engine.ts';
import { isError } from '../../../is-error.ts';
import { tokensOf } from '../tfjs/training-examples.ts';
import type { Fault } from './fake-server.ts';
import { endToken, servedEngine } from './served-engine.ts';

const adapter = { server: 'vllm', weights: 'adapter' } as const;
const asked = { groups: [1, 2, 3].map((start) => ({ promptTokens: tokensOf(6, start), seeds: [start, start + 10] })), maxNewTokens: 5, temperature: 1, stopTokens: [endToken] };

const passing: readonly Fault[] = ['cut', { status: 408 }, { status: 429 }, { status: 500 }, { status: 503 }];

for (const fault of passing) {
  test(`every other request met with ${JSON.stringify(fault)}: the samples are the same`, async (t) => {
    const { open, fake } = await servedEngine(t, adapter);
    const expected = await (await open()).generate(asked);
    const engine = await open({ weights: null }); // the base, as version 0 is
    fake.faults = ({ path, before }) => (path === '/v1/completions' && before % 2 === 0 ? fault : null);
    assert.deepEqual(await engine.generate(asked), expected);
  });
}

test('a server that fails again and again, or is gone, ends the run', async (t) => {
  const { open, fake } = await servedEngine(t, adapter);
  const engine = await open();
  fake.faults = ({ path }) => (path === '/v1/completions' ? { status: 500 } : null);
  await assert.rejects(engine.generate({ ...asked, groups: asked.groups.slice(0, 1) }), isError('ENGINE_FAILED', /answered 500 to sample by run-version-0/));
  assert.equal(fake.asked.filter(({ path }) => path === '/v1/completions').length, 20);
  fake.faults = () => 'cut';
  await assert.rejects(engine.generate(asked), isError('ENGINE_UNREACHABLE', /has not answered for \d+ s/));
});

test('where one request is refused the others are given up, and the server hears of it', async (t) => {
  const { open, fake } = await servedEngine(t, adapter);
  const engine = await open();
  fake.faults = ({ path, before }) => (path !== '/v1/completions' ? null : before < 2 ? 'hang' : { status: 422 });
  await assert.rejects(engine.generate(asked), isError('ENGINE_REFUSED', /answered 422/));
  while (fake.givenUp < 2) await new Promise((done) => setImmediate(done));
});

test('closing gives up what is being sampled', async (t) => {
  const { open, fake } = await servedEngine(t, adapter);
  const engine = await open();
  let hanging = (): void => undefined;
  const hangs = new Promise<void>((done) => (hanging = done));
  fake.faults = ({ path, before }) => {
    if (path !== '/v1/completions') return null;
    if (before === 2) hanging();
    return 'hang';
  };
  const pending = engine.generate(asked);
  await hangs;
  const closed = engine.close();
  await assert.rejects(pending, /the engine was closed/);
  await closed;
  assert.deepEqual(fake.adapters, []);
});

test('a wrong address, another model and a key that is refused are told at the start, without the key', async (t) => {
  const { open, fake } = await servedEngine(t, adapter);
  await assert.rejects(open({ url: 'http://127.0.0.1:9' }), isError('ENGINE_UNREACHABLE', /127\.0\.0\.1:9 cannot be reached: ECONNREFUSED/));
  await assert.rejects(open({ model: 'another' }), isError('ENGINE_REFUSED', /does not serve another, but base \(engine\.rollouts\.model\)/));
  fake.faults = () => ({ status: 401 });
  await assert.rejects(open({ apiKey: 'hidden' }), isError('ENGINE_REFUSED', /answered 401 .*for Bearer \[secret\] \(engine\.rollouts\.apiKey\)/));
  assert.equal(fake.asked.at(-1)?.headers.authorization, 'Bearer hidden');
});

const misfits: readonly (readonly [what: string, spoil: (sample: Sample) => Sample, message: RegExp])[] = [
  ['ends at a token that is none of the run\'s', ({ logprobs }) => ({ tokens: logprobs.map(() => 5), logprobs, finishReason: 'stop' }), /after token 5, which is none of the run's stop tokens \(0\)/],
  ['breaks off early', () => ({ tokens: [5, 6], logprobs: [-1, -1], finishReason: 'length' }), /2 tokens of 5: its context is shorter/],
  ['is longer than asked for', () => ({ tokens: [5, 5, 5, 5, 5, 5], logprobs: [-1, -1, -1, -1, -1, -1], finishReason: 'length' }), /6 tokens, where 1 to 5 were asked for/],
  ['lacks a log-probability', () => ({ tokens: [5, 6, 7, 8, 9], logprobs: [-1], finishReason: 'length' }), /1 log-probabilities for 5 tokens/],
];

for (const [what, spoil, message] of misfits) {
  test(`a sample that ${what} is refused`, async (t) => {
    const { open } = await servedEngine(t, adapter, { spoil });
    await assert.rejects((await open()).generate(asked), isError('ENGINE_REFUSED', message));
  });
}

const strangers: readonly (readonly [is: RolloutServer, called: RolloutServer])[] = [['llama-cpp', 'vllm'], ['vllm', 'llama-cpp']];

for (const [server, called] of strangers) {
  test(`a ${server} server that the config calls ${called} is refused`, async (t) => {
    const { open, fake } = await servedEngine(t, { server, weights: null });
    const engine = await open({ server: called });
    await assert.rejects(engine.generate(asked), isError('ENGINE_REFUSED', /engine\.rollouts/));
    assert.ok(fake.asked.some(({ path }) => path.endsWith('/completions') || path === '/completion'));
  });
}
