/** What other people's readers find in our files. Needs Python with them: see infra/setup/python-readers.sh. */
import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { nodeFileSystem } from '../../../infra/file-system/node-file-system.ts';
import { writeRows } from '../../../infra/sample-log/write-records.ts';
import { packageRoot } from '../../../infra/setup/package-root.ts';
import { bool, float32, float64, int32, int53, list, nullable, oneOf, struct, utf8 } from '../../../schemas/field.ts';
import { defineRecord, type RecordDefinition } from '../../../schemas/record-definition.ts';
import { scoredGroups } from '../../../schemas/records/edges.ts';
import { predictionRollout } from '../../../schemas/records/prediction-rollout.ts';
import { arbitraryRecord } from '../../arbitrary-record.ts';
import { canonicalStruct } from '../../canonical-value.ts';

const python = process.env['PRETRAINZERO_PYTHON'] ?? 'python3';
const found = spawnSync(python, ['-c', 'import pyarrow, polars, duckdb, pandas']).status === 0;
const skip = !found && 'NOT COMPARED: no Python with pyarrow, polars, duckdb and pandas; set PRETRAINZERO_PYTHON (infra/setup/python-readers.sh)';

const everyKind = defineRecord('every_kind', 1, 'Each type of field, alone and nested.', {
  step: int32('Also the name of a part: step=000001.parquet.'),
  text: utf8('Text.'),
  maybe: nullable(utf8('Text or null.')),
  flag: bool('Flag.'),
  maybeFlag: nullable(bool('Flag.')),
  wide: int53('Integer.'),
  maybeWide: nullable(int53('Integer.')),
  single: float32('Float.'),
  double: float64('Float.'),
  maybeDouble: nullable(float64('Float.')),
  role: oneOf(['mask', 'predict'] as const, 'Enum.'),
  tokens: list(int32('Token.'), 'List.'),
  maybeList: nullable(list(float32('Float.'), 'List or null.')),
  holes: list(nullable(int32('Integer.')), 'List with nulls.'),
  nested: list(list(utf8('Text.'), 'Inner.'), 'List of lists.'),
  ledger: list(
    struct({ role: utf8('Role.'), dropped: list(struct({ reason: utf8('Reason.'), count: int53('Rollouts.') }, 'Drop.'), 'Drops.') }, 'Line.'),
    'List of structs with lists of structs.',
  ),
});

let folder = '';
before(async () => (folder = await mkdtemp(join(tmpdir(), 'pretrainzero-readers-'))));
after(() => rm(folder, { recursive: true }));

async function readWithAll(definition: RecordDefinition, rows: readonly object[]): Promise<{ reader: string; rows: unknown }[]> {
  const path = join(folder, 'step=000001.parquet');
  await writeRows(nodeFileSystem, path, definition, rows, { rowGroupRows: 16, compressionLevel: 3 });
  const script = join(packageRoot(), 'tests/infra/sample-log/parquet-readers.py');
  const { stdout } = await promisify(execFile)(python, [script, path], { maxBuffer: 1 << 28 });
  return stdout.trimEnd().split('\n').map((line) => JSON.parse(line) as { reader: string; rows: unknown });
}

describe('pyarrow, polars, duckdb and pandas find exactly what was written', { skip }, () => {
  const cases: [what: string, definition: RecordDefinition, rows: object[]][] = [
    ['every kind of field', everyKind, fc.sample(arbitraryRecord(everyKind), { numRuns: 120, seed: 5 })],
    ['prediction rollouts', predictionRollout, fc.sample(arbitraryRecord(predictionRollout), { numRuns: 40, seed: 6 })],
    ['whole messages', scoredGroups, fc.sample(arbitraryRecord(scoredGroups), { numRuns: 20, seed: 7 })],
  ];
  for (const [what, definition, rows] of cases) {
    test(what, async () => {
      const expected = rows.map((row) => canonicalStruct(definition.fields, row));
      const results = await readWithAll(definition, rows);
      assert.deepEqual(results.map(({ reader }) => reader), ['pyarrow', 'polars', 'duckdb', 'pandas']);
      for (const result of results) assert.deepEqual(result.rows, expected, result.reader);
    });
  }
});
