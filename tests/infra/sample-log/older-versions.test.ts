import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { nodeFileSystem } from '../../../infra/file-system/node-file-system.ts';
import { readFieldNames, readRows } from '../../../infra/sample-log/read-records.ts';
import { writeRows } from '../../../infra/sample-log/write-records.ts';
import { list, nullable, struct, utf8 } from '../../../schemas/field.ts';
import { defineRecord, type RecordDefinition } from '../../../schemas/record-definition.ts';
import { predictionRollout as rolloutRecord } from '../../../schemas/records/prediction-rollout.ts';
import { stepReport } from '../../../schemas/records/step-report.ts';
import { arbitraryRow } from '../../arbitrary-record.ts';

let folder = '';
before(async () => (folder = await mkdtemp(join(tmpdir(), 'pretrainzero-versions-'))));
after(() => rm(folder, { recursive: true }));

const predictionRollout: RecordDefinition = rolloutRecord;
const settings = { rowGroupRows: 2, compressionLevel: 3 };
const raised = ({ name, version, doc, fields }: RecordDefinition, more: RecordDefinition['fields']): RecordDefinition => defineRecord(name, version + 1, doc, { ...fields, ...more });

async function rowsOf(path: string, definition: RecordDefinition): Promise<object[]> {
  const rows: object[] = [];
  for await (const row of readRows(nodeFileSystem, path, definition)) rows.push(row);
  return rows;
}

for (const definition of [predictionRollout, stepReport] as readonly RecordDefinition[]) {
  test(`a file of the version before has null in a field that came since: ${definition.name}`, async () => {
    const path = join(folder, `${definition.name}.parquet`);
    const rows = fc.sample(arbitraryRow(definition), { numRuns: 5, seed: 3 });
    await writeRows(nodeFileSystem, path, definition, rows, settings);
    const newer = raised(definition, { remark: nullable(utf8('A remark.')), trail: nullable(list(struct({ place: utf8('Place.') }, 'Stop.'), 'Stops.')) });
    assert.deepEqual(await rowsOf(path, newer), rows.map((row) => ({ ...row, remark: null, trail: null })));
    assert.deepEqual(await readFieldNames(nodeFileSystem, path, newer), new Set(Object.keys(definition.fields)));
  });
}

test('columns that came since may be asked for', async () => {
  const path = join(folder, 'columns.parquet');
  const rows = fc.sample(arbitraryRow(predictionRollout), { numRuns: 3, seed: 4 });
  await writeRows(nodeFileSystem, path, predictionRollout, rows, settings);
  const newer = raised(predictionRollout, { remark: nullable(utf8('A remark.')) });
  const found: object[] = [];
  for await (const row of readRows(nodeFileSystem, path, newer, { columns: ['id', 'remark'] })) found.push(row);
  assert.deepEqual(found, rows.map((row) => ({ id: 'id' in row ? row.id : undefined, remark: null })));
});

test('a field that came since and may not be null, and a file of a newer version, are refused in words', async () => {
  const path = join(folder, 'refused.parquet');
  await writeRows(nodeFileSystem, path, predictionRollout, fc.sample(arbitraryRow(predictionRollout), { numRuns: 2, seed: 5 }), settings);
  await assert.rejects(rowsOf(path, raised(predictionRollout, { remark: utf8('A remark.') })), { code: 'RECORD_INVALID', message: new RegExp(`holds prediction_rollout, version ${predictionRollout.version}, not prediction_rollout, version ${predictionRollout.version + 1}`, 'u') });
  const newer = join(folder, 'newer.parquet');
  const definition = raised(predictionRollout, { remark: nullable(utf8('A remark.')) });
  await writeRows(nodeFileSystem, newer, definition, fc.sample(arbitraryRow(definition), { numRuns: 2, seed: 6 }), settings);
  await assert.rejects(rowsOf(newer, predictionRollout), { code: 'RECORD_INVALID', message: /a newer pretrainzero wrote it/ });
});
