import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { nodeFileSystem } from '../../../infra/file-system/node-file-system.ts';
import { folderWeights } from '../../../infra/policy-weights/folder-weights.ts';
import type { PolicyWeights } from '../../../operators/ports/policy-weights.ts';
import { createVersionAnnouncer } from '../../../pipelines/distributed/announce-versions.ts';
import { fingerprintOf } from '../../../pipelines/distributed/policy-follower.ts';
import { policyAnnouncement } from '../../../schemas/records/control-messages.ts';
import { stubConfig } from '../../stub-config.ts';
import { createStubEngine } from '../../stub-engine.ts';
import { newDirectory } from '../stub-run.ts';
import { createStubTopics } from './stub-run-bus.ts';

async function setUp(maxStaleness: number) {
  const config = stubConfig({ grpo: { maxStaleness } });
  const run = await (await createStubTopics(config)).connect();
  const root = join(newDirectory(), 'weights');
  const told = async () => (await run.readAll('policy-versions', [policyAnnouncement])).map(({ record, origin }) => ({ ...record, epoch: origin.epoch }));
  const order: string[] = [];
  const inner = folderWeights(nodeFileSystem, root);
  const weights: PolicyWeights = {
    ...inner,
    put: async (address, save) => {
      const stored = await inner.put(address, save);
      order.push(`${address} after ${(await told()).length}`);
      return stored;
    },
  };
  const engine = createStubEngine();
  const announcer = createVersionAnnouncer({ run, weights, engine, epoch: 5, start: { step: 0, corpusPosition: null } });
  const there = async (): Promise<string[]> => (await nodeFileSystem.list(join(root, 'epoch-5'))).map(({ name }) => name);
  return { config, announcer, engine, weights, told, there, order };
}

const update = { learningRate: 1, gradientClip: 1 };

test('weights are there before they are announced, with all that a worker must know', async () => {
  const { config, announcer, engine, weights, told, order } = await setUp(0);
  await announcer.announce('epoch', 0);
  await engine.step(update);
  await announcer.announce('update', 1);
  const [first, second] = await told();
  const same = { startStep: 0, startPosition: null, config: fingerprintOf(config), epoch: 5 };
  assert.deepEqual(first, { ...same, kind: 'epoch', version: 0, step: 0, weights: first!.weights });
  assert.deepEqual(second, { ...same, kind: 'update', version: 1, step: 1, weights: second!.weights });
  await weights.open(second.weights!);
  assert.deepEqual(order, ['epoch-5/version-0 after 0', 'epoch-5/version-1 after 1']);
});

for (const maxStaleness of [0, 2]) {
  test(`with maxStaleness ${maxStaleness} the weights that a paragraph may still need stay, and no others`, async () => {
    const { announcer, engine, there } = await setUp(maxStaleness);
    await announcer.announce('epoch', 0);
    for (let step = 1; step <= 4; step++) {
      await engine.step(update);
      await announcer.announce('update', step);
    }
    // step 5 and later ones are sampled by versions from 4 - maxStaleness on
    assert.deepEqual(await there(), Array.from({ length: maxStaleness + 1 }, (_, i) => `version-${4 - maxStaleness + i}`));
  });
}

test('a step that changed nothing is announced with the weights that are there, which stay', async () => {
  const { announcer, told, there, weights } = await setUp(0);
  await announcer.announce('epoch', 0);
  await announcer.announce('update', 1);
  await announcer.announce('update', 2);
  const records = await told();
  assert.deepEqual(records.map(({ step, version }) => [step, version]), [[0, 0], [1, 0], [2, 0]]);
  assert.deepEqual(await there(), ['version-0']);
  await weights.open(records.at(-1)!.weights!);
});

test('an epoch begins with nothing of those before it, and the end leaves nothing', async () => {
  const { announcer, weights, told, there } = await setUp(0);
  const old = await weights.put('epoch-4/version-9', () => Promise.resolve());
  await announcer.announce('epoch', 0);
  await assert.rejects(weights.open(old), { code: 'WEIGHTS_UNAVAILABLE' });
  await announcer.end(3);
  assert.deepEqual(await there(), []);
  const end = (await told()).at(-1)!;
  assert.deepEqual([end.kind, end.step, end.weights], ['end', 3, null]);
});
