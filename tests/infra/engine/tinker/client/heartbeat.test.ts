import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTinkerEngine } from '../../../../../infra/engine/tinker/create-tinker-engine.ts';
import { isError } from '../../../../is-error.ts';
import { optionsFor } from '../../tfjs/temporary-model.ts';
import { tokensOf } from '../../tfjs/training-examples.ts';
import { fakeServer, lora, loraSeed, servedModel, type FakeServer } from '../fake/fake-server.ts';
import { hastyWorld } from '../fake/hasty-world.ts';

const asked = { groups: [{ promptTokens: tokensOf(6, 1), seeds: [1] }], maxNewTokens: 3, temperature: 1, stopTokens: [] };

/** The first so many waits of this length are over at once. */
function hurried(lengthMs: number, count: number): { readonly world: ReturnType<typeof hastyWorld>; readonly over: Promise<void> } {
  const world = hastyWorld();
  let left = count;
  let end = (): void => undefined;
  const over = new Promise<void>((done) => (end = done));
  const sleep: typeof world.sleep = (milliseconds, signal) => {
    if (milliseconds !== lengthMs) return world.sleep(milliseconds, signal);
    if (left-- > 0) return new Promise((done) => setImmediate(done));
    end();
    return world.sleep(milliseconds, signal);
  };
  return { world: { ...world, sleep }, over };
}

function open({ fake, modelDirectory }: FakeServer, world: ReturnType<typeof hastyWorld>): ReturnType<typeof createTinkerEngine> {
  const { optimiser } = optionsFor(modelDirectory);
  return createTinkerEngine({ modelDirectory, url: fake.url, apiKey: null, backend: 'jax', model: servedModel, lora, seed: loraSeed, maxRows: 8, optimiser, keepStates: 2 }, world);
}

test('a session tells every ten seconds that it lives, until it is closed', async (t) => {
  const server = await fakeServer(t);
  const { world, over } = hurried(10_000, 3);
  const engine = await open(server, world);
  await over;
  assert.equal(server.fake.tinker.heartbeats, 3);
  await engine.close();
});

test('a session that the server has lost is told at the next call', async (t) => {
  const server = await fakeServer(t);
  const { world } = hurried(10_000, 1);
  server.fake.faults = ({ path }) => (path === 'session_heartbeat' ? { status: 404 } : null);
  const engine = await open(server, world);
  while (!server.fake.asked.some(({ path }) => path === 'session_heartbeat')) await new Promise((done) => setImmediate(done));
  await assert.rejects(async () => {
    for (;;) await engine.generate(asked); // the reply to the heartbeat may still be on its way
  }, isError('ENGINE_FAILED', /a heartbeat.*lost it/));
  await engine.close().catch(() => undefined);
});

test('a poll that takes longer than 45 s is made again', async (t) => {
  const server = await fakeServer(t);
  const { world } = hurried(45_000, 4);
  const engine = await open(server, world);
  const { samples } = await engine.generate(asked);
  assert.equal(samples[0]!.length, 1);
  assert.deepEqual((await engine.generate(asked)).samples, samples);
  await engine.close();
});
