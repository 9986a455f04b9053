import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import fc from 'fast-check';
import { nodeFileSystem } from '../../../infra/file-system/node-file-system.ts';
import { readRecords, readRows } from '../../../infra/sample-log/read-records.ts';
import { writeRecords } from '../../../infra/sample-log/write-records.ts';
import { checkRecord } from '../../../schemas/check-record.ts';
import type { RecordDefinition } from '../../../schemas/record-definition.ts';
import { deadLetter } from '../../../schemas/records/dead-letter.ts';
import { recordDefinitions } from '../../../schemas/records/index.ts';
import { policyVersion } from '../../../schemas/records/policy-version.ts';
import { arbitraryRecord } from '../../arbitrary-record.ts';

const settings = { rowGroupRows: 3, compressionLevel: 3 };
let folder = '';
before(async () => (folder = await mkdtemp(join(tmpdir(), 'pretrainzero-parquet-'))));
after(() => rm(folder, { recursive: true }));

async function readAll(path: string, definition: RecordDefinition): Promise<object[]> {
  const rows: object[] = [];
  for await (const row of readRows(nodeFileSystem, path, definition)) rows.push(row);
  return rows;
}

describe('records written to Parquet', () => {
  for (const definition of recordDefinitions) {
    test(`come back as they were: ${definition.name}`, async () => {
      const path = join(folder, `${definition.name}.parquet`);
      await fc.assert(
        fc.asyncProperty(fc.array(arbitraryRecord(definition), { maxLength: 8 }), async (rows) => {
          for (const row of rows) assert.deepEqual(checkRecord(definition, row), []);
          await writeRecords(nodeFileSystem, path, definition, rows, settings);
          assert.deepEqual(await readAll(path, definition), rows);
        }),
        { numRuns: 25, seed: 1 },
      );
    });
  }

  test('are the same bytes each time', async () => {
    const rows = fc.sample(arbitraryRecord(deadLetter), { numRuns: 20, seed: 7 });
    const [first, second] = await Promise.all(
      ['a', 'b'].map(async (name) => {
        const path = join(folder, name);
        return { written: await writeRecords(nodeFileSystem, path, deadLetter, rows, settings), bytes: await readFile(path) };
      }),
    );
    assert.ok(first && second);
    assert.deepEqual(first, second);
    assert.equal(first.written.bytes, first.bytes.length);
  });
});

describe('reading Parquet', () => {
  const rows = Array.from({ length: 9 }, (_, step) => ({ version: step, step, checkpoint: step % 2 === 0 ? null : `checkpoints/${step}` }));
  const written = async (name: string): Promise<string> => {
    const path = join(folder, name);
    await writeRecords(nodeFileSystem, path, policyVersion, rows, settings);
    return path;
  };

  test('gives only the columns and rows asked for', async () => {
    const path = await written('some');
    const found: object[] = [];
    for await (const row of readRecords(nodeFileSystem, path, policyVersion, { columns: ['checkpoint'], where: { step: 5 } })) found.push(row);
    assert.deepEqual(found, [{ checkpoint: 'checkpoints/5' }]);
  });

  test('refuses a file of another record', async () => {
    const path = await written('other');
    await assert.rejects(readAll(path, deadLetter), { code: 'RECORD_INVALID', message: /holds policy_version, version 1, not dead_letter/ });
  });

  test('refuses a file cut anywhere', async () => {
    const path = await written('cut');
    const whole = (await readFile(path)).length;
    for (let bytes = 0; bytes < whole; bytes += 11) {
      await written('cut');
      await truncate(path, bytes);
      await assert.rejects(readAll(path, policyVersion), { code: 'LOG_DAMAGED', place: { file: path } });
    }
  });
});
