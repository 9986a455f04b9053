import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { loadConfig } from '../../infra/config/load-config.ts';
import { nodeFileSystem } from '../../infra/file-system/node-file-system.ts';
import { openStepLog } from '../../infra/sample-log/open-step-log.ts';
import { launch } from '../../pipelines/launch.ts';
import { replay } from '../../pipelines/replay.ts';
import { stubConfig } from '../stub-config.ts';
import { loggedStubRun, stubParts, temporaryFolder } from './replay/logged-stub-run.ts';
import { stubRun } from './stub-run.ts';

const config = stubConfig({ grpo: { baseline: 'critic' } });

test('with a critic every group is kept, its advantages are its rewards less the value of the prompt, and the critic learns from all of them', async () => {
  const { store, engine } = await stubRun(config);
  const groups = store.commits.flatMap(({ paragraphs }) => paragraphs.flatMap((paragraph) => paragraph.groups.map((group) => ({ group, paragraph }))));
  assert.ok(groups.some(({ group }) => new Set(group.rewards).size === 1), 'there are groups that a group mean drops');
  for (const { group, paragraph } of groups) {
    const rollouts = new Map([...paragraph.maskRollouts, ...paragraph.predictions].map((rollout) => [rollout.id, rollout]));
    assert.ok(group.kept);
    assert.deepEqual(group.advantages, group.rewards.map((reward, i) => reward - rollouts.get(group.rolloutIds[i]!)!.value!));
  }
  const learned = engine.requests.accumulate.flatMap((request) => request.groups.flatMap(({ responses }) => responses.map(({ reward }) => reward)));
  assert.equal(learned.length, groups.flatMap(({ group }) => group.rolloutIds).length);
  assert.ok(learned.every((reward) => reward !== undefined));
  for (const { step } of store.commits) assert.equal(engine.requests.step[step - 1]!.criticLearningRate, config.grpo.criticLearningRate);
  for (const { report, paragraphs } of store.commits) {
    const responses = paragraphs.flatMap(({ groups: own }) => own.flatMap(({ rolloutIds }) => rolloutIds)).length;
    assert.equal(engine.requests.accumulate.find(({ groups: [group] }) => group!.responses[0]!.id.startsWith(String(report.step).padStart(6, '0')))!.stepResponses, responses);
    assert.ok(report.criticLoss! > 0 && report.criticLoss! <= 0.25);
  }
});

test('without one no value stands anywhere', async () => {
  const { store, engine } = await stubRun(stubConfig());
  assert.ok(store.commits.every(({ report, paragraphs }) => report.criticLoss === null && paragraphs.every(({ maskRollouts, predictions }) => [...maskRollouts, ...predictions].every(({ value }) => value === null))));
  assert.ok(engine.requests.accumulate.every(({ groups }) => groups.every(({ responses }) => responses.every(({ reward }) => reward === undefined))));
  assert.ok(engine.requests.step.every(({ criticLearningRate }) => criticLearningRate === undefined));
});

test('a log with values replays', async () => {
  const directory = await loggedStubRun(config);
  assert.equal((await replay(directory, { parts: stubParts }).done).difference, null);
  assert.equal((await replay(directory, { parts: stubParts, steps: '3..5' }).done).difference, null);
  await assert.rejects(replay(directory, { parts: stubParts, set: ['grpo.baseline=group-mean'] }).done, { code: 'USAGE', message: /grpo\.baseline decides what is sampled/ });
});

test('a small run of the bundled model learns a critic; computed again from its log, model and value head are the same to the bit', async () => {
  const set = [
    ...['run.steps=3', 'run.checkpointEvery=2', 'run.keepCheckpoints=2', 'engine.backend=wasm', 'engine.threads=1', 'optimiser.warmupSteps=1', 'corpus.maxTokens=80', 'grpo.baseline=critic'],
    ...['rollouts.paragraphsPerStep=2', 'rollouts.masksPerParagraph=3', 'rollouts.predictionsPerMask=3', 'evaluation.cloze=null', 'evaluation.probe=null', 'evaluation.every=0'],
  ];
  const directory = join(temporaryFolder(), 'run');
  await launch((await loadConfig('quickstart', { set })).config, { directory }).done;
  const log = await openStepLog(nodeFileSystem, directory);
  const values = await Promise.all([1, 2, 3].map(async (step) => (await log.read(step)).tables.predictions.map(({ value }) => value)));
  assert.ok(values[0]!.every((value) => value === 0), 'it begins at 0');
  assert.ok(values[2]!.every((value) => value !== null && value !== 0) && new Set(values[2]).size > 1);
  assert.ok(existsSync(join(directory, 'checkpoints', 'step-000003', 'value_head.safetensors')));
  const { difference, checkpoints } = await replay(directory, { gradients: true }).done;
  assert.deepEqual([difference, checkpoints], [null, { exact: 2, near: 0 }]);
});

test('plain pretraining has no rewards to foretell', async () => {
  await assert.rejects(loadConfig('continue-pretraining', { set: ['grpo.baseline=critic'] }), { code: 'CONFIG_INVALID', message: /no rewards to foretell/ });
});
