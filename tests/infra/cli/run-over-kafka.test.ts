import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runProgram } from '../../../infra/cli/program.ts';
import { completed } from './sample-events.ts';
import { testWorld } from './test-world.ts';

const nobody = ['--set', 'kafka.sasl={mechanism: plain, username: a, password: {env: PRETRAINZERO_NO_SUCH_VARIABLE}}'];

test('transport decides where a run is run: in this process, or by workers over the brokers of the config', async () => {
  const world = testWorld(() => completed);
  assert.equal(await runProgram(['run', 'quickstart', ...nobody], world), 0);
  assert.equal(world.launches.length, 1);
  assert.equal(await runProgram(['run', 'quickstart', ...nobody, '--set', 'transport=kafka', '--out', 'runs/over-kafka-test'], world), 1);
  assert.equal(world.launches.length, 1);
  assert.match(world.terminal.errors(), /SECRET_MISSING: .*PRETRAINZERO_NO_SUCH_VARIABLE/);
});

test('--workers is refused for a run in one process', async () => {
  const world = testWorld(() => completed);
  assert.equal(await runProgram(['run', 'quickstart', '--workers', 'predict-spans=2'], world), 2);
  assert.match(world.terminal.errors(), /--workers is for runs over Kafka/);
});

test('a worker of a stage that there is not is refused with those that there are', async () => {
  const world = testWorld(() => completed);
  assert.equal(await runProgram(['worker', 'quickstart', '--stage', 'draw-spans'], world), 2);
  assert.match(world.terminal.errors(), /its workers are log, train, source, generate-masks, predict-spans, score-groups/);
});

test('check shows what a run puts on Kafka, and what nobody can check', async () => {
  const world = testWorld(() => completed);
  assert.equal(await runProgram(['check', 'quickstart', '--set', 'transport=kafka', '--set', 'kafka.partitions=64', '--json'], world), 0);
  const { kafka } = JSON.parse(world.terminal.out()) as { kafka: { topics: { name: string; partitions: number }[]; maxBytesPerStep: number; notes: string[] } };
  assert.deepEqual(kafka.topics.find(({ name }) => name.endsWith('scored-groups')), { name: 'pretrainzero.quickstart.scored-groups', partitions: 64 });
  assert.ok(kafka.maxBytesPerStep > 0);
  assert.deepEqual(kafka.notes.map((note) => note.split(' ')[0]), ['kafka.weights', 'kafka.partitions', 'kafka.replicationFactor']);
});
