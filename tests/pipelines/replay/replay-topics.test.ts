/* Replay from and to the topics of a run, over a bus within the process. */
import assert from 'node:assert/strict';
import { before, beforeEach, test } from 'node:test';
import { replayTopic } from '../../../pipelines/replay/log-to-topic.ts';
import { replay } from '../../../pipelines/replay.ts';
import type { ReplayOptions } from '../../../pipelines/replay/replay-options.ts';
import { scoredGroups, type ScoredGroups } from '../../../schemas/records/edges.ts';
import type { RunBus } from '../../../pipelines/distributed/run-bus.ts';
import { createStubTopics, type StubTopics } from '../distributed/stub-run-bus.ts';
import { stubParts } from './logged-stub-run.ts';
import { richConfig, richRun } from './rich-run.ts';

const { steps } = richConfig().run;
let directory = '';
let topics: StubTopics;
before(async () => (directory = await richRun()));
beforeEach(async () => (topics = await createStubTopics(richConfig())));

const replayed = async (options: ReplayOptions) => replay(directory, { ...options, parts: { ...stubParts, topics: await topics.connect() } }).done;

/** All paragraphs on the topic of replayed samples. */
async function onTopic(run: RunBus): Promise<ScoredGroups[]> {
  return (await run.readAll(replayTopic, [scoredGroups])).map(({ record }) => record);
}

async function publish(run: RunBus, topic: string, record: ScoredGroups, epoch = 1): Promise<void> {
  const { id, step, slot } = record.paragraph;
  await run.publish(topic, scoredGroups, record, { epoch, step, id, partition: slot % run.config.kafka.partitions });
}

test('a log that was put onto a topic replays from there, twice put or once, whole and in part', async () => {
  for (let round = 0; round < 2; round++) {
    assert.equal((await replayed({ to: 'kafka' })).difference, null);
    const whole = await replayed({ from: 'kafka' });
    assert.deepEqual([whole.difference, whole.steps], [null, steps]);
    assert.equal((await replayed({ from: 'kafka', steps: '2..3' })).difference, null);
  }
  const changes = await replayed({ from: 'kafka', set: ['masks.regularise=whole-words'] });
  assert.deepEqual([changes.kind, changes.steps], ['what-if', steps]);
});

test('the edge into the gradient sink replays too; of a step that was trimmed it is said', async () => {
  await replayed({ to: 'kafka' });
  const run = await topics.connect();
  const records = await onTopic(run);
  topics = await createStubTopics(richConfig());
  const other = await topics.connect();
  for (const record of records) if (record.paragraph.step > 2) await publish(other, 'scored-groups', record);
  assert.equal((await replayed({ from: 'kafka', steps: '3..' })).difference, null);
  await assert.rejects(replayed({ from: 'kafka' }), { code: 'LOG_DAMAGED', message: /no message of step 1 .*scored-groups/ });
});

test('samples on a topic that are not those of the folder are found, whichever they are', async () => {
  await replayed({ to: 'kafka' });
  const run = await topics.connect();
  const [record] = (await onTopic(run)).filter(({ paragraph, predictions }) => paragraph.step === 2 && predictions.length > 0);
  const { predictions, ...rest } = record!;
  // Nothing follows from a log-probability but the update: the values alone would not show it.
  const altered = { ...rest, predictions: predictions.map((each, i) => (i === 1 ? { ...each, logprobs: each.logprobs.map((logprob) => Math.fround(logprob - 0.25)) } : each)) };
  await publish(run, replayTopic, altered);
  const { difference } = await replayed({ from: 'kafka' });
  assert.deepEqual([difference?.kind, difference?.step, difference?.table], ['damaged', 2, 'predictions']);
  assert.match(difference!.what, new RegExp(`not as in the run's folder \\(row \\d+, ${predictions[1]!.id}, logprobs\\[0\\]\\)`));
  assert.match(difference!.file, /stub\.replay, step 2$/);
});

test('a paragraph that is missing on the topic is a missing row; of an epoch that was given up, the newer counts', async () => {
  await replayed({ to: 'kafka' });
  const records = await onTopic(await topics.connect());
  topics = await createStubTopics(richConfig());
  const run = await topics.connect();
  const lost = records.find(({ paragraph }) => paragraph.step === 3 && paragraph.slot === 1)!;
  for (const record of records) {
    if (record === lost) continue;
    await publish(run, 'scored-groups', record, 2);
    await publish(run, 'scored-groups', { ...record, groups: [] }, 1); // comes later, and is of the start before
  }
  const { difference } = await replayed({ from: 'kafka' });
  assert.deepEqual([difference?.step, difference?.table], [3, 'paragraphs']);
  await publish(run, 'scored-groups', lost, 2);
  assert.equal((await replayed({ from: 'kafka' })).difference, null);
});

test('without a topic, and for a what-if that would be put onto one, it is refused in words', async () => {
  const run = await topics.connect();
  await run.bus.deleteTopics(await run.bus.topicNames(''));
  await assert.rejects(replayed({ from: 'kafka' }), { code: 'TOPIC_MISSING', message: /replay --to kafka/ });
  await assert.rejects(replayed({ to: 'kafka', set: ['masks.regularise=whole-words'] }), { code: 'USAGE', message: /no what-if/ });
});
