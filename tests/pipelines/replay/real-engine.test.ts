/*
 * Replay with a model: a small run of the bundled base model on the atlas, its updates computed again, and fresh models learned from its log.
 */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { loadConfig } from '../../../infra/config/load-config.ts';
import { verifyRun } from '../../../infra/checkpoints/verify-run.ts';
import { nodeFileSystem } from '../../../infra/file-system/node-file-system.ts';
import { openStepLog } from '../../../infra/sample-log/open-step-log.ts';
import { verifyLedgers } from '../../../infra/cli/verify/verify-ledgers.ts';
import { launch } from '../../../pipelines/launch.ts';
import { replay } from '../../../pipelines/replay.ts';
import type { ReplayEvent } from '../../../pipelines/replay/replay-events.ts';
import type { Config } from '../../../schemas/config/config.ts';
import { stepReport } from '../../../schemas/records/step-report.ts';
import { forgePart } from './forge-part.ts';
import { temporaryFolder } from './logged-stub-run.ts';

const settings = [
  ...['run.steps=3', 'run.checkpointEvery=2', 'run.keepCheckpoints=1', 'engine.backend=wasm', 'engine.threads=1', 'optimiser.warmupSteps=1', 'corpus.maxTokens=80'],
  ...['rollouts.paragraphsPerStep=3', 'rollouts.masksPerParagraph=4', 'rollouts.predictionsPerMask=4', 'evaluation.cloze=null', 'evaluation.probe=null', 'evaluation.every=0', 'grpo.maxStaleness=1'],
];
let config: Config;
let run = '';
before(async () => {
  ({ config } = await loadConfig('quickstart', { set: settings }));
  run = join(temporaryFolder(), 'run');
  await launch(config, { directory: run }).done;
});

const weights = (directory: string): Buffer => readFileSync(join(directory, 'checkpoints', 'step-000003', 'model.safetensors'));

test('every update computed again leads to the checkpoints, to the bit, also to one that is gone', async () => {
  assert.ok(!existsSync(join(run, 'checkpoints', 'step-000002')), 'keepCheckpoints is 1');
  const events: ReplayEvent[] = [];
  const { events: told, done } = replay(run, { gradients: true });
  told.subscribe((event) => events.push(event));
  const outcome = await done;
  assert.equal(outcome.difference, null);
  assert.deepEqual(outcome.checkpoints, { exact: 2, near: 0 });
  assert.deepEqual(events.flatMap((event) => (event.type === 'weights-compared' ? [[event.step, event.exact, event.backend]] : [])), [[2, true, 'wasm'], [3, true, 'wasm']]);
});

test('learned from the log without a change, a fresh model is the run’s, to the bit; and says where its samples came from', async () => {
  const directory = join(temporaryFolder(), 'same');
  const outcome = await replay(run, { train: { directory } }).done;
  assert.equal(outcome.trained, directory);
  assert.ok(weights(directory).equals(weights(run)));
  const heads = (await openStepLog(nodeFileSystem, directory)).steps;
  const logged = (await openStepLog(nodeFileSystem, run)).steps;
  assert.deepEqual(heads.map(({ trainedFrom }) => trainedFrom), logged.map(({ step, hash }) => ({ run: 'quickstart', step, hash })));
  await assert.rejects(launch({ ...config, run: { ...config.run, name: 'other' } }, { directory, resume: true }).done, { code: 'RUN_MISMATCH', message: /replay --train --resume/ });
});

test('learned with other rules, it is another model, off-policy; its folder is whole, and its own log replays', async () => {
  const directory = join(temporaryFolder(), 'other');
  const set = ['masks.maxOccurrences=2', 'optimiser.learningRate=1e-3'];
  const ratios: number[] = [];
  const { events, done } = replay(run, { set, train: { directory } });
  events.subscribe((event) => event.type === 'step-trained' && ratios.push(event.report.logprobDriftMean));
  await done;
  assert.ok(!weights(directory).equals(weights(run)));
  assert.ok(ratios[2]! > 1e-3, `the last step is of other weights than sampled it: ${ratios.join()}`);
  const verification = await verifyRun(nodeFileSystem, directory);
  assert.deepEqual(verification.problems, []);
  assert.deepEqual((await verifyLedgers(nodeFileSystem, directory, 3, new Set())).problems, []);
  assert.equal((await replay(directory).done).difference, null);
  assert.match(readFileSync(join(directory, 'trained-from.json'), 'utf8'), /"run": "quickstart"[^]*"masks\.maxOccurrences=2"/);
});

test('a figure of the model that was altered, checksums and all, is found by computing it again', async () => {
  const directory = join(temporaryFolder(), 'forged');
  await replay(run, { train: { directory } }).done;
  const change = (rows: readonly object[]): object[] => rows.map((row) => ({ ...row, entropyMean: (row as { entropyMean: number }).entropyMean + 1e-9 }));
  await forgePart(directory, 'metrics/steps/step=000002.parquet', stepReport, change, { rechain: true });
  assert.equal((await replay(directory).done).difference, null, 'without a model it is taken as given');
  const { difference } = await replay(directory, { gradients: true }).done;
  assert.deepEqual([difference?.file, difference?.field], ['metrics/steps/step=000002.parquet', 'entropyMean']);
});

test('weights that were altered are found', async () => {
  const file = join(run, 'checkpoints', 'step-000003', 'model.safetensors');
  const whole = readFileSync(file);
  try {
    const altered = Buffer.from(whole);
    altered[whole.length - 5]! ^= 1;
    writeFileSync(file, altered);
    const { difference } = await replay(run, { gradients: true, steps: '3' }).done;
    assert.deepEqual([difference?.kind, difference?.file], ['damaged', 'checkpoints/step-000003/model.safetensors']);
  } finally {
    writeFileSync(file, whole);
  }
});
