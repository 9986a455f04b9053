/** What another Arrow reader finds in the value of a message, as it lies on its topic. Needs Python with pyarrow: see infra/setup/python-readers.sh. */
import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { encodeMessage } from '../../../../infra/topics/messages/encode-message.ts';
import { envelopeOf } from '../../../../infra/topics/messages/envelope.ts';
import { packageRoot } from '../../../../infra/setup/package-root.ts';
import { deadLetter } from '../../../../schemas/records/dead-letter.ts';
import { scoredGroups } from '../../../../schemas/records/edges.ts';
import { arbitraryRecord } from '../../../arbitrary-record.ts';
import { canonicalStruct } from '../../../canonical-value.ts';
import { testCodec } from './test-codec.ts';

const python = process.env['PRETRAINZERO_PYTHON'] ?? 'python3';
const found = spawnSync(python, ['-c', 'import pyarrow']).status === 0;
const skip = !found && 'NOT COMPARED: no Python with pyarrow; set PRETRAINZERO_PYTHON (infra/setup/python-readers.sh)';

test("pyarrow reads a message's value as it is, compressed buffers and all", { skip }, async () => {
  const codec = await testCodec();
  const folder = await mkdtemp(join(tmpdir(), 'pretrainzero-arrow-'));
  const records = fc.sample(arbitraryRecord(scoredGroups), { numRuns: 6, seed: 8 });
  const letters = fc.sample(arbitraryRecord(deadLetter), { numRuns: 3, seed: 9 });
  try {
    for (const [i, record] of records.entries()) {
      // Enough for every kind of buffer to be worth compressing.
      const longer = { ...record, predictions: [...record.predictions, ...records.flatMap(({ predictions }) => predictions)] };
      const envelope = { record: longer, letters };
      const [message] = encodeMessage(codec, scoredGroups, envelope, { partition: 0, epoch: 1, step: 1, id: String(i) });
      const path = join(folder, `${i}.arrow`);
      await writeFile(path, message!.value);
      const { stdout } = await promisify(execFile)(python, [join(packageRoot(), 'tests/infra/topics/messages/arrow-reader.py'), path], { maxBuffer: 1 << 28 });
      const { metadata, rows } = JSON.parse(stdout) as { metadata: object; rows: unknown };
      assert.deepEqual(metadata, { 'pretrainzero.record': 'scored_groups', 'pretrainzero.version': String(scoredGroups.version), 'pretrainzero.rows': '1' });
      assert.deepEqual(rows, [canonicalStruct(envelopeOf(scoredGroups).fields, envelope)]);
    }
  } finally {
    await rm(folder, { recursive: true });
  }
});
