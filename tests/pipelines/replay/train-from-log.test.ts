import assert from 'node:assert/strict';
import { cpSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { replay } from '../../../pipelines/replay.ts';
import type { ReplayOptions } from '../../../pipelines/replay/replay-options.ts';
import { stubConfig } from '../../stub-config.ts';
import { createStubEngine } from '../../stub-engine.ts';
import { loggedStubRun, stubParts, temporaryFolder } from './logged-stub-run.ts';
import { richRun } from './rich-run.ts';

let run = '';
before(async () => {
  run = await richRun(1);
});

const learn = (directory: string, options: ReplayOptions = {}) => {
  const { train, ...others } = options;
  return replay(run, { ...others, train: { directory, ...train }, parts: { ...stubParts, engine: createStubEngine() } });
};

/** The parts of every commit with their checksums: equal ones are of equal samples and figures. */
const parts = (directory: string): unknown[] => readFileSync(join(directory, 'manifest.jsonl'), 'utf8').trimEnd().split('\n').map((line) => (JSON.parse(line) as { files: unknown }).files);

test('stopped and resumed, it ends with the same parts as undisturbed, and its log replays', async () => {
  const [whole, parted] = [join(temporaryFolder(), 'whole'), join(temporaryFolder(), 'parted')];
  const set = ['masks.maxOccurrences=3'];
  await learn(whole, { set }).done;
  const controller = new AbortController();
  const { events, done } = learn(parted, { set, signal: controller.signal });
  events.subscribe((event) => event.type === 'step-trained' && event.report.step === 1 && controller.abort());
  assert.equal((await done).interrupted, true);
  await learn(parted, { set, train: { directory: parted, resume: true } }).done;
  assert.equal(parts(whole).length, 5);
  assert.deepEqual(parts(parted), parts(whole));
  assert.equal((await replay(parted, { parts: stubParts }).done).difference, null);
});

test('a folder that was learned from another log is not gone on with', async () => {
  const directory = join(temporaryFolder(), 'own');
  await learn(directory).done;
  const other = await loggedStubRun(stubConfig({ run: { steps: 5, seed: 99 } }));
  const again = replay(other, { train: { directory, resume: true }, parts: { ...stubParts, engine: createStubEngine() } });
  await assert.rejects(again.done, { code: 'RUN_MISMATCH' });
});

test('a damaged log is not learned from, and the file is named', async () => {
  const damaged = temporaryFolder();
  cpSync(run, damaged, { recursive: true });
  rmSync(join(damaged, 'samples', 'groups', 'step=000002.parquet'));
  const learning = replay(damaged, { train: { directory: join(temporaryFolder(), 'none') }, parts: { ...stubParts, engine: createStubEngine() } });
  await assert.rejects(learning.done, { code: 'LOG_DAMAGED', message: /groups\/step=000002\.parquet/ });
});
