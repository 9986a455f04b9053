/* Runs with a critic: what is logged and learned, replay, resume; on the stub engine, and on the bundled model. */
import assert from 'node:assert/strict';
import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { loadConfig } from '../../infra/config/load-config.ts';
import { launch } from '../../pipelines/launch.ts';
import { replay } from '../../pipelines/replay.ts';
import type { Config } from '../../schemas/config/config.ts';
import { stubConfig } from '../stub-config.ts';
import { rememberedLog, withAlteredField } from './replay/altered-log.ts';
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

test('a log with values replays; one that is altered shows, in itself or in the advantages that follow from it', async () => {
  const directory = await loggedStubRun(config);
  assert.equal((await replay(directory, { parts: stubParts }).done).difference, null);
  assert.equal((await replay(directory, { parts: stubParts, steps: '3..5' }).done).difference, null);
  const log = await rememberedLog(directory);
  for (const table of ['maskRollouts', 'predictions'] as const) {
    for (const [row, shows] of [[0, 'groups.advantages'], [1, `${table}.value`]] as const) {
      const altered = withAlteredField(log, 2, table, row, 'value', (value) => (value as number) + 0.25);
      const { difference } = await replay(directory, { steps: '2', parts: { ...stubParts, log: altered } }).done;
      assert.ok([shows, `${table}.value`].includes(`${difference?.table}.${difference?.field?.replace(/\[.*/, '')}`), JSON.stringify(difference));
    }
  }
  await assert.rejects(replay(directory, { parts: stubParts, set: ['grpo.baseline=group-mean'] }).done, { code: 'USAGE', message: /grpo\.baseline decides what is sampled/ });
});

test('what another formulation would have made of a log with values is told', async () => {
  const { changes } = await replay(await loggedStubRun(config), { parts: stubParts, set: ['grpo.formulation=reinforce++'] }).done;
  assert.ok(changes!.roles.predict.advantagesChanged > 0 && changes!.roles.predict.rewardsChanged === 0);
});

describe('a small run of the bundled model', () => {
  const set = [
    ...['run.steps=10', 'run.checkpointEvery=5', 'run.keepCheckpoints=2', 'engine.backend=wasm', 'engine.threads=1', 'optimiser.warmupSteps=1', 'corpus.maxTokens=80', 'grpo.baseline=critic'],
    ...['rollouts.paragraphsPerStep=4', 'rollouts.masksPerParagraph=4', 'rollouts.predictionsPerMask=3', 'evaluation.cloze=null', 'evaluation.probe=null', 'evaluation.every=0'],
  ];
  const folder = temporaryFolder();
  const whole = join(folder, 'whole');
  const checkpoint = (directory: string, step: number): string => join(directory, 'checkpoints', `step-${String(step).padStart(6, '0')}`);
  let of: Config;
  before(async () => {
    of = (await loadConfig('quickstart', { set })).config;
    await launch(of, { directory: whole }).done;
  });

  test('learns to foretell its rewards', async () => {
    const log = await rememberedLog(whole);
    assert.ok(log.all[0]!.tables.predictions.every(({ value }) => value === 0), 'it begins at 0');
    const figure = (name: 'criticLoss' | 'criticExplainedVariance', steps: readonly number[]): number => steps.reduce((sum, step) => sum + log.all[step - 1]!.tables.steps[0]![name]!, 0) / steps.length;
    const [first, last] = [[1, 2, 3], [8, 9, 10]];
    assert.ok(figure('criticLoss', last) < 0.75 * figure('criticLoss', first), `${figure('criticLoss', first)}, ${figure('criticLoss', last)}`);
    assert.ok(figure('criticExplainedVariance', last) > figure('criticExplainedVariance', first) + 0.05, `${figure('criticExplainedVariance', first)}, ${figure('criticExplainedVariance', last)}`);
  });

  test('computed again from its log, has the same model and value head, to the bit', async () => {
    const { difference, checkpoints } = await replay(whole, { gradients: true, steps: '6..10' }).done;
    assert.deepEqual([difference, checkpoints], [null, { exact: 1, near: 0 }]);
  });

  test('stopped and resumed, ends with the same files', async () => {
    const parted = join(folder, 'parted');
    await cp(whole, parted, { recursive: true });
    const lines = (await readFile(join(parted, 'manifest.jsonl'), 'utf8')).trimEnd().split('\n');
    await writeFile(join(parted, 'manifest.jsonl'), lines.slice(0, 5).map((line) => `${line}\n`).join(''));
    await rm(checkpoint(parted, 10), { recursive: true });
    await launch(of, { directory: parted, resume: true }).done;
    const files = (await readdir(checkpoint(whole, 10))).filter((file) => file.endsWith('.safetensors')).sort();
    assert.deepEqual(files, ['model.safetensors', 'optimizer.safetensors', 'value_head.safetensors']);
    for (const file of files) assert.deepEqual(await readFile(join(checkpoint(parted, 10), file)), await readFile(join(checkpoint(whole, 10), file)), file);
    assert.deepEqual((await rememberedLog(parted)).all.map(({ tables }) => tables), (await rememberedLog(whole)).all.map(({ tables }) => tables));
  });
});

test('plain pretraining has no rewards to foretell', async () => {
  await assert.rejects(loadConfig('continue-pretraining', { set: ['grpo.baseline=critic'] }), { code: 'CONFIG_INVALID', message: /no rewards to foretell/ });
});
