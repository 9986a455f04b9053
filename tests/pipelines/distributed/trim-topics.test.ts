import assert from 'node:assert/strict';
import { test } from 'node:test';
import { trimTopics } from '../../../pipelines/distributed/trim-topics.ts';
import { groupName } from '../../../pipelines/distributed/run-topics.ts';
import { pretrainZero } from '../../../pipelines/pretrain-zero.ts';
import { stubConfig } from '../../stub-config.ts';
import { turnsUntil } from '../../turns-until.ts';
import { createStubTopics } from './stub-run-bus.ts';

const config = stubConfig({ kafka: { partitions: 2 } });
const bytes = new Uint8Array(1);
const edges = ['paragraphs', 'mask-groups', 'prediction-groups', 'scored-groups'];

/** Four messages on every partition of every topic; `stage` is done with `offset` of partition 0 of its edge. */
async function setUp(stage: string, edge: string, offset: bigint) {
  const topics = await createStubTopics(config);
  const run = await topics.connect();
  for (const [name, { partitions }] of topics.broker.topics) {
    for (let partition = 0; partition < partitions; partition++) await run.bus.publish(name, Array.from({ length: 4 }, () => ({ partition, key: '', headers: {}, value: bytes })));
  }
  let opened = 0;
  const member = await run.bus.join({
    ...{ group: groupName(config, stage), topics: [run.topic(edge)] },
    open: () => {
      opened += 1;
      return { take: () => Promise.resolve(null), revoked: () => undefined };
    },
  });
  await turnsUntil('partitions assigned', () => opened === 2);
  await member.commit(run.topic(edge), 0, offset);
  return run;
}

test('an edge is trimmed behind what its reader is done with, and no other', async () => {
  const run = await setUp('predict-spans', 'mask-groups', 3n);
  await trimTopics(run, pretrainZero);
  const firsts: unknown = Object.fromEntries((await run.bus.topicFigures(edges.map((edge) => run.topic(edge)))).map(({ name, partitions }) => [name.split('.').at(-1), partitions.map(({ first }) => first)]));
  assert.deepEqual(firsts, { paragraphs: [0n, 0n], 'mask-groups': [3n, 0n], 'prediction-groups': [0n, 0n], 'scored-groups': [0n, 0n] });
});

test('scored paragraphs stay until the log is done with them, however far the sink has read', async () => {
  const run = await setUp('train', 'scored-groups', 4n);
  await trimTopics(run, pretrainZero);
  const first = async (): Promise<bigint> => (await run.bus.topicFigures([run.topic('scored-groups')]))[0]!.partitions[0]!.first;
  assert.equal(await first(), 0n);
  const ofLog = await setUp('log', 'scored-groups', 2n);
  await trimTopics(ofLog, pretrainZero);
  assert.equal((await ofLog.bus.topicFigures([ofLog.topic('scored-groups')]))[0]!.partitions[0]!.first, 2n);
});
