import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { findDataFiles, readRows } from '../../../infra/corpus/read-rows.ts';
import { nodeFileSystem } from '../../../infra/file-system/node-file-system.ts';
import { readRecords } from '../../../infra/sample-log/read-records.ts';
import { writeRecords } from '../../../infra/sample-log/write-records.ts';
import { policyVersion } from '../../../schemas/records/policy-version.ts';
import { fixturePath } from '../../fixtures/fixture-path.ts';
import { newDirectory } from '../../pipelines/stub-run.ts';

async function rowsAt(path: string): Promise<unknown[]> {
  const rows: unknown[] = [];
  for await (const { row } of readRows(await findDataFiles(path))) rows.push(row);
  return rows;
}

function written(name: string, bytes: string | Uint8Array): string {
  const file = join(newDirectory(), name);
  writeFileSync(file, bytes);
  return file;
}

const twoLines = '{"a": 1}\n\n{"a": [2, "x"]}\n';
const two = [{ a: 1 }, { a: [2, 'x'] }];

test('JSON Lines, plain and packed, JSON as an array and as an object that holds one', async () => {
  assert.deepEqual(await rowsAt(written('rows.jsonl', twoLines)), two);
  assert.deepEqual(await rowsAt(written('rows.jsonl.gz', gzipSync(twoLines))), two);
  assert.deepEqual(await rowsAt(written('rows.json', JSON.stringify(two))), two);
  assert.deepEqual(await rowsAt(written('rows.json', JSON.stringify({ canary: 'x', examples: two }))), two);
});

test('Parquet rows have lists as lists, the same as the JSON Lines that they were made from', async () => {
  assert.deepEqual(
    (await rowsAt(fixturePath('benchmarks', 'mmlu-pro.parquet'))).map((row) => ({ ...(row as object), question_id: Number((row as { question_id: bigint }).question_id), answer_index: Number((row as { answer_index: bigint }).answer_index) })),
    await rowsAt(fixturePath('benchmarks', 'mmlu-pro.jsonl')),
  );
});

test('what cannot be read names file and line', async () => {
  await assert.rejects(rowsAt(written('rows.jsonl', '{"a": 1}\nnot json\n')), /not JSON[\s\S]*rows\.jsonl[\s\S]*2/);
  await assert.rejects(rowsAt(written('rows.json', '{"a": 1}')), /neither an array/);
  await assert.rejects(rowsAt(written('rows.parquet', 'PAR1 and no more')), /the Parquet file cannot be read/);
  await assert.rejects(rowsAt(written('rows.csv', 'a,b')), /does not tell the format/);
  await assert.rejects(rowsAt(join(newDirectory(), 'none.jsonl')), /nothing matches/);
});

test('reading Parquet leaves what is written afterwards readable: zstd is made once in a process', async () => {
  await rowsAt(fixturePath('benchmarks', 'gsm8k.parquet'));
  const file = join(newDirectory(), 'rows.parquet');
  const rows = [{ step: 1, version: 1, checkpoint: null }] as never[];
  for (let round = 0; round < 3; round++) {
    await writeRecords(nodeFileSystem, file, policyVersion, rows, { rowGroupRows: 10, compressionLevel: 3 });
    await new Promise((resolve) => setImmediate(resolve));
    for await (const row of readRecords(nodeFileSystem, file, policyVersion)) assert.deepEqual(row, rows[0]);
  }
});
