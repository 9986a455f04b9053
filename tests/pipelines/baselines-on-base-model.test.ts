/*
 * Each pipeline for a few steps with the bundled base model, in WebAssembly: real prompts, tokens and updates. The example of docs/adding-a-baseline.md among them.
 */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { loadConfig } from '../../infra/config/load-config.ts';
import { nodeFileSystem } from '../../infra/file-system/node-file-system.ts';
import { openStepLog } from '../../infra/sample-log/open-step-log.ts';
import { launch } from '../../pipelines/launch.ts';
import { namedTopologies } from '../../pipelines/named-topologies.ts';
import { replay } from '../../pipelines/replay.ts';
import { topologyDifference } from '../../pipelines/topology-difference.ts';
import type { Topology } from '../../pipelines/topology.ts';
import { samplesPredictions } from '../../schemas/config/samples-predictions.ts';
import type { Config } from '../../schemas/config/config.ts';
import { longWords } from '../docs/own-baseline.ts';
import { temporaryFolder } from './replay/logged-stub-run.ts';

const settings = [
  ...['run.steps=2', 'run.checkpointEvery=2', 'engine.backend=wasm', 'engine.threads=1', 'optimiser.warmupSteps=1', 'corpus.maxTokens=80', 'evaluation.cloze=null', 'evaluation.probe=null', 'evaluation.every=0'],
  ...['rollouts.paragraphsPerStep=4', 'rollouts.masksPerParagraph=6', 'rollouts.predictionsPerMask=6', 'rollouts.maxPredictionResponseTokens=16'],
];
const { config: small } = await loadConfig('quickstart', { set: settings });

async function run(config: Config, topology: Topology): Promise<string> {
  const directory = join(temporaryFolder(), 'run');
  const { kind } = await launch(config, { directory, topology }).done;
  assert.equal(kind, 'completed');
  return directory;
}

for (const pipeline of (Object.keys(namedTopologies) as Config['pipeline'][]).filter((name) => name !== 'post-training')) { // which asks questions of another corpus
  test(`${pipeline} learns from what it asks, and its log replays`, async () => {
    const topology = namedTopologies[pipeline];
    const directory = await run({ ...small, pipeline }, topology);
    const log = await openStepLog(nodeFileSystem, directory);
    const steps = await Promise.all(log.steps.map(({ step }) => log.read(step)));
    const reports = steps.flatMap(({ tables }) => tables.steps);
    assert.ok(reports.some(({ loss }) => loss !== null), 'something was learned from');
    if (samplesPredictions(pipeline)) assert.ok(reports.some(({ predictionRewardMean }) => predictionRewardMean !== null && predictionRewardMean > 0), 'some answers are right');
    assert.equal(steps.some(({ tables }) => tables.paragraphs.some(({ tokenEntropies }) => tokenEntropies !== null)), pipeline.startsWith('entropy-'));
    assert.equal((await replay(directory).done).difference, null);
  });
}

test('masks that may only copy are words of their paragraph, are trained on as they were sampled, and replay', async () => {
  const directory = await run({ ...small, masks: { ...small.masks, constrained: true } }, namedTopologies['pretrain-zero']);
  const log = await openStepLog(nodeFileSystem, directory);
  const steps = await Promise.all(log.steps.map(({ step }) => log.read(step)));
  const rejections = steps.flatMap(({ tables }) => tables.maskRollouts.map(({ rejection }) => rejection));
  assert.ok(rejections.filter((rejection) => rejection === null).length > 20);
  for (const rejection of ['not-in-paragraph', 'empty-mask', 'not-whole-words'] as const) assert.ok(!rejections.includes(rejection), rejection);
  for (const { logprobDriftMax } of steps.flatMap(({ tables }) => tables.steps)) assert.ok(logprobDriftMax < 1e-4, `${logprobDriftMax}`);
  const { difference } = await replay(directory, { gradients: true }).done;
  assert.equal(difference, null);
});

test('second tries are names, numbers or words of their paragraph, are trained on as they were sampled beside free samples, and replay', async () => {
  const directory = await run({ ...small, masks: { ...small.masks, atLeast: small.rollouts.masksPerParagraph } }, namedTopologies['pretrain-zero']);
  const log = await openStepLog(nodeFileSystem, directory);
  const steps = await Promise.all(log.steps.map(({ step }) => log.read(step)));
  const tries = steps.flatMap(({ tables }) => tables.maskRollouts);
  const [free, again] = [null, 'names'].map((own) => tries.filter(({ constraint }) => constraint === own));
  assert.ok(again!.length > 5 && free!.length > again!.length, `${free!.length}, ${again!.length}`);
  for (const { rejection, answer } of again!) assert.ok(rejection === null || rejection === 'too-many-occurrences', `${answer}: ${rejection}`);
  for (const { logprobDriftMax } of steps.flatMap(({ tables }) => tables.steps)) assert.ok(logprobDriftMax < 1e-4, `${logprobDriftMax}`);
  assert.equal((await replay(directory, { gradients: true }).done).difference, null);
});

test('the baseline of the documentation learns from long words, and differs in one operator', async () => {
  const directory = await run({ ...small, run: { ...small.run, name: 'long-words' } }, longWords);
  const log = await openStepLog(nodeFileSystem, directory);
  const { tables } = await log.read(1);
  assert.ok(tables.passages.length > 8 && tables.passages.every(({ maskText }) => /^\p{L}{6,}$/u.test(maskText)), tables.passages.map(({ maskText }) => maskText).join());
  assert.equal((await replay(directory, { topology: longWords }).done).difference, null);
  assert.deepEqual(topologyDifference(longWords, namedTopologies['pretrain-zero']), { stages: { theirs: ['generate-masks'], own: ['draw-long-words'] }, update: null });
});
