/** What goes wrong between client and server: after each fault the weights are those of an undisturbed run, bit for bit, and every response was trained once. */
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { Engine } from '../../../../../operators/ports/engine.ts';
import { isError } from '../../../../is-error.ts';
import { exampleGroups, requestFor, tokensOf } from '../../tfjs/training-examples.ts';
import { fakeServer, type FakeServer } from '../fake/fake-server.ts';
import { firstOf, type Fault, type Faults, type FaultyRequest } from '../fake/fault.ts';

const groups = exampleGroups([[4, 6], [3]]);
const scored = [{ promptTokens: tokensOf(9, 1), responses: [{ id: '', tokens: tokensOf(7, 2), logprobs: [], advantage: 0 }] }];
const asked = { groups: [1, 2, 3].map((start) => ({ promptTokens: tokensOf(6, start), seeds: [start, start + 10] })), maxNewTokens: 5, temperature: 1, stopTokens: [] };

/** Two steps with everything that a run asks for. Out: all that came back. */
async function work(engine: Engine, folder: string): Promise<unknown> {
  const seen: unknown[] = [];
  for (let step = 0; step < 2; step++) {
    seen.push((await engine.generate(asked)).samples);
    for (const group of groups) seen.push(await engine.accumulate({ ...requestFor([group]), stepTokens: 13, stepResponses: 3 }));
    seen.push(await engine.step({ learningRate: 0.01, gradientClip: 1e9 }));
    await engine.save(folder, { optimizer: true });
  }
  seen.push(await engine.score(scored));
  return seen;
}

async function undisturbed(t: TestContext): Promise<unknown> {
  const { open, modelDirectory } = await fakeServer(t);
  return work(await open(), `${modelDirectory}/state`);
}

async function disturbed(t: TestContext, faults: Faults): Promise<{ readonly seen: unknown; readonly server: FakeServer }> {
  const server = await fakeServer(t);
  const engine = await server.open();
  server.fake.faults = faults;
  return { seen: await work(engine, `${server.modelDirectory}/state`), server };
}

const ofAnyKind: readonly Fault[] = ['cut', 'reply-lost', { status: 429 }, { status: 429, retryAfterSeconds: 7 }, { status: 408 }, { status: 500 }, { status: 503 }];
const paths = ['asample', 'forward_backward', 'optim_step', 'save_weights', 'save_weights_for_sampler', 'create_model', 'unload_model'];
const faultsOf = (fault: Fault): Faults => ({ path, before }) => (paths.includes(path) && before % 2 === 0 ? fault : null);

const cases: readonly (readonly [name: string, faults: Faults])[] = [
  ...ofAnyKind.map((fault) => [`every other request met with ${JSON.stringify(fault)}`, faultsOf(fault)] as const),
  ...(['cut', 'reply-lost', 'try-again', { status: 408 }, { status: 429 }, { status: 502 }] as const).map(
    (fault) => [`two of three polls met with ${JSON.stringify(fault)}`, ({ path, before }: FaultyRequest) => (path === 'retrieve_future' && before % 3 !== 2 ? fault : null)] as const,
  ),
  ['futures that expired (410)', firstOf('retrieve_future', { status: 410 }, 4)],
  ['a heartbeat that was lost', firstOf('session_heartbeat', 'cut', 3)],
];

for (const [name, faults] of cases) {
  test(`${name}: nothing is lost, nothing trained twice`, async (t) => {
    const { seen, server } = await disturbed(t, faults);
    assert.deepEqual(seen, await undisturbed(t));
    assert.deepEqual(server.fake.tinker.steps.map(({ data }) => data), [3, 3]);
  });
}

/** Sampling alone can be asked for again without harm. */
for (const fault of ['forget-future', 'failed', { status: 400 }] as const) {
  test(`samples whose future fares with ${JSON.stringify(fault)} are asked for again, with the same seeds`, async (t) => {
    const { open, fake } = await fakeServer(t);
    const engine = await open();
    const before = await engine.generate(asked);
    const polls = fake.asked.filter(({ path }) => path === 'retrieve_future').length;
    fake.faults = ({ path, before: count }) => (path === 'retrieve_future' && count < polls + 3 ? fault : null);
    assert.deepEqual(await engine.generate(asked), before);
  });
}

test('a training future that the server forgot ends the run: nobody can tell whether it was trained', async (t) => {
  const { open, fake } = await fakeServer(t);
  const engine = await open();
  await engine.generate(asked);
  fake.faults = ({ path }) => (path === 'retrieve_future' ? 'forget-future' : null);
  await assert.rejects(engine.accumulate({ ...requestFor(groups), stepResponses: 3 }), isError('ENGINE_FAILED', /compute gradients.*Future not found.*lost it/));
});

test('a failed pass is told with the reason of the server, and is not made again', async (t) => {
  const { open, fake } = await fakeServer(t);
  const engine = await open();
  await engine.generate(asked);
  fake.faults = ({ path }) => (path === 'retrieve_future' ? 'failed' : null);
  await assert.rejects(engine.accumulate({ ...requestFor(groups), stepResponses: 3 }), isError('ENGINE_FAILED', /the batch failed \(server\)/));
  assert.equal(fake.asked.filter(({ path }) => path === 'forward_backward').length, 1);
});

test('a server that was started again has no models: the engine says so, and another goes on from what was saved', async (t) => {
  const { open, fake, modelDirectory } = await fakeServer(t);
  const [engine, folder] = [await open(), `${modelDirectory}/state`];
  await work(engine, folder);
  const expected = await engine.score(scored);
  await fake.restart();
  await assert.rejects(engine.score(scored), isError('ENGINE_FAILED', /Model .* not loaded; the server has lost it/));
  const next = await open();
  await next.load(folder);
  assert.equal(next.version(), 2);
  assert.deepEqual(await next.score(scored), expected);
});

test('a request that a model did not get makes it refuse the next: none may overtake', async (t) => {
  const { open, fake } = await fakeServer(t);
  const engine = await open();
  await engine.generate(asked);
  fake.faults = firstOf('forward_backward', { status: 422 });
  await assert.rejects(engine.accumulate({ ...requestFor(groups), stepResponses: 3 }), isError('ENGINE_REFUSED', /422/));
  await assert.rejects(engine.score(scored), isError('ENGINE_REFUSED', /422/));
  assert.equal(fake.asked.filter(({ path }) => path === 'forward_backward').length, 1);
});

test('a server that fails again and again, or is gone, ends the run', async (t) => {
  const { open, fake } = await fakeServer(t);
  const [first, second] = [await open(), await open()];
  fake.faults = ({ path }) => (path === 'create_model' ? { status: 500 } : null);
  await assert.rejects(first.score(scored), isError('ENGINE_FAILED', /answered 500 to create a model/));
  assert.equal(fake.asked.filter(({ path }) => path === 'create_model').length, 20);
  fake.faults = () => 'cut';
  await assert.rejects(second.score(scored), isError('ENGINE_UNREACHABLE', /has not answered for \d+ s/));
});

test('a server that breaks the first connections, or has too much to do, is asked again at the start; one that never answers is told after some', async (t) => {
  const { open, fake } = await fakeServer(t);
  fake.faults = ({ path, before }) => (path === 'get_server_capabilities' ? ([null, 'cut', { status: 429 }, { status: 503 }] as const)[3 - before] ?? null : null);
  assert.equal((await open()).version(), 0);
  assert.equal(fake.asked.filter(({ path }) => path === 'get_server_capabilities').length, 4);
  fake.faults = () => 'cut';
  await assert.rejects(open(), isError('ENGINE_UNREACHABLE', /cannot be reached/));
  assert.equal(fake.asked.filter(({ path }) => path === 'get_server_capabilities').length, 8);
});

test('a wrong address, another model and a key that is refused are told at the start, without the key', async (t) => {
  const { open, fake } = await fakeServer(t);
  await assert.rejects(open({ url: 'http://127.0.0.1:9' }), isError('ENGINE_UNREACHABLE', /127\.0\.0\.1:9 cannot be reached/));
  await assert.rejects(open({ model: 'another' }), isError('ENGINE_REFUSED', /does not serve another, but tiny-model \(engine\.tinker\.model\)/));
  fake.faults = () => ({ status: 401 });
  await assert.rejects(open({ apiKey: 'status' }), isError('ENGINE_REFUSED', /a fault with \[secret\] 401 \(engine\.tinker\.apiKey\)/));
  assert.equal(fake.asked.at(-1)?.headers['x-api-key'], 'status');
});

test('no request of a model overtakes another: numbers go up by one from 1, over passes, steps and saves', async (t) => {
  const { server } = await disturbed(t, ({ path, before }) => (path === 'optim_step' && before === 1 ? 'reply-lost' : null));
  const numbered = server.fake.asked.filter(({ path }) => ['optim_step', 'save_weights', 'save_weights_for_sampler'].includes(path)).map(({ body }) => JSON.parse(body.toString()) as { model_id: string; seq_id: number });
  const last = numbered.at(-1)!.model_id;
  // 1 sampler, 2 and 3 gradients, 4 the step (twice, as a reply was lost), 5 the state; then the same again.
  assert.deepEqual(numbered.filter(({ model_id }) => model_id === last).map(({ seq_id }) => seq_id), [1, 4, 4, 5, 6, 9, 10]);
});
