import assert from 'node:assert/strict';
import { cpSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { createHash } from 'node:crypto';
import type { Difference } from '../../../operators/replay/difference.ts';
import { maskRollout } from '../../../schemas/records/mask-rollout.ts';
import { predictionRollout } from '../../../schemas/records/prediction-rollout.ts';
import { scoredGroup } from '../../../schemas/records/scored-group.ts';
import { replay } from '../../../pipelines/replay.ts';
import { stubConfig } from '../../stub-config.ts';
import { forgePart, rechain } from './forge-part.ts';
import { loggedStubRun, stubParts, temporaryFolder } from './logged-stub-run.ts';

const config = stubConfig({ run: { steps: 2 } });
let run = '';
before(async () => {
  run = await loggedStubRun(config);
});

function copy(): string {
  const folder = temporaryFolder();
  cpSync(run, folder, { recursive: true });
  return folder;
}

const part = (table: string): string => `${table}/step=000002.parquet`;

async function differenceOf(directory: string): Promise<Difference | null> {
  return (await replay(directory, { parts: stubParts }).done).difference;
}

const parts = ['samples/paragraphs', 'samples/mask_rollouts', 'samples/masked_passages', 'samples/prediction_rollouts', 'samples/groups', 'metrics/gradient_batches', 'metrics/steps'];

for (const table of parts) {
  test(`one altered byte anywhere in ${table} is found, and the file is named`, async () => {
    const file = join(run, part(table));
    const whole = readFileSync(file);
    for (const share of [0.1, 0.5, 0.9]) {
      const directory = copy();
      const bytes = Buffer.from(whole);
      bytes[Math.floor(share * bytes.length)]! ^= 4;
      writeFileSync(join(directory, part(table)), bytes);
      const found = await differenceOf(directory);
      assert.equal(found?.file, part(table));
      assert.match(found.what, /SHA-256 is not the one of the manifest/);
    }
  });
}

test('a missing part is found and named', async () => {
  for (const table of parts) {
    const directory = copy();
    rmSync(join(directory, part(table)));
    const found = await differenceOf(directory);
    assert.deepEqual([found?.kind, found?.file, found?.what], ['damaged', part(table), 'the file is missing']);
  }
});

for (const forged of [false, true]) {
  const how = forged ? 'with a manifest that agrees' : 'under the old manifest';
  test(`a duplicated row is found and named, ${how}`, async () => {
    const directory = copy();
    await forgePart(directory, part('samples/groups'), scoredGroup, (rows) => [...rows.slice(0, 3), rows[2]!, ...rows.slice(3)], { rechain: forged });
    const found = await differenceOf(directory);
    assert.deepEqual([found?.kind, found?.file, found?.row], ['duplicate-row', part('samples/groups'), 3]);
    assert.match(found?.id ?? '', /^000002\//);
  });

  test(`one altered value is found with row, id, field and both values, ${how}`, async () => {
    const directory = copy();
    const change = (rows: readonly object[]): object[] => rows.map((row, at) => (at === 4 ? { ...row, correct: !(row as { correct: boolean }).correct } : row));
    await forgePart(directory, part('samples/prediction_rollouts'), predictionRollout, change, { rechain: forged });
    const found = await differenceOf(directory);
    assert.deepEqual([found?.kind, found?.file, found?.row, found?.field], ['value', part('samples/prediction_rollouts'), 4, 'correct']);
    assert.equal(found?.logged, found?.recomputed !== true);
    assert.equal(/SHA-256/.test(found.what), !forged);
  });

  test(`a part of another run is found at its first row, ${how}`, async () => {
    const other = await loggedStubRun({ ...config, run: { ...config.run, seed: 8 } });
    const directory = copy();
    const bytes = readFileSync(join(other, part('samples/mask_rollouts')));
    writeFileSync(join(directory, part('samples/mask_rollouts')), bytes);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    if (forged) await rechain(directory, { path: part('samples/mask_rollouts'), bytes: bytes.length, sha256 });
    const found = await differenceOf(directory);
    assert.deepEqual([found?.file, found?.row, found?.field], [part('samples/mask_rollouts'), 0, 'seed']);
  });
}

test('an altered line of the manifest is an error that names it', async () => {
  const directory = copy();
  const file = join(directory, 'manifest.jsonl');
  writeFileSync(file, readFileSync(file, 'utf8').replace('"policyVersion":1', '"policyVersion":2'));
  await assert.rejects(replay(directory, { parts: stubParts }).done, { code: 'LOG_DAMAGED', message: /manifest\.jsonl, line 1/ });
});

test('a value that cannot be computed again, altered, is found by the checksum all the same', async () => {
  const directory = copy();
  const change = (rows: readonly object[]): object[] => rows.map((row, at) => (at === 0 ? { ...row, logprobs: (row as { logprobs: number[] }).logprobs.map(() => -1) } : row));
  await forgePart(directory, part('samples/mask_rollouts'), maskRollout, change, { rechain: false });
  const found = await differenceOf(directory);
  assert.deepEqual([found?.kind, found?.file], ['damaged', part('samples/mask_rollouts')]);
  assert.match(found?.what ?? '', /every value in it that follows from the rest of the log is right/);
});

test('what is read is left as it was', async () => {
  const files = readdirSync(run, { recursive: true }).map(String).sort();
  const times = files.map((file) => statSync(join(run, file)).mtimeMs);
  await differenceOf(run);
  assert.deepEqual(readdirSync(run, { recursive: true }).map(String).sort(), files);
  assert.deepEqual(files.map((file) => statSync(join(run, file)).mtimeMs), times);
});
