import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { runProgram } from '../../../infra/cli/program.ts';
import { answersTable } from '../../../infra/evaluations/evaluation-layout.ts';
import { columnsOf } from '../../../infra/sample-log/data-dictionary.ts';
import { logTables } from '../../../infra/sample-log/log-tables.ts';
import { packageRoot } from '../../../infra/setup/package-root.ts';
import { int32, list, nullable, oneOf, struct, utf8 } from '../../../schemas/field.ts';
import { recordDefinitions } from '../../../schemas/records/index.ts';
import { testWorld } from '../cli/test-world.ts';

test('notebooks/data-dictionary.md is what `pretrainzero schema --tables` prints', async () => {
  const world = testWorld();
  assert.equal(await runProgram(['schema', '--tables'], world), 0);
  assert.equal(readFileSync(join(packageRoot(), 'notebooks', 'data-dictionary.md'), 'utf8'), world.terminal.out());
});

test('the dictionary has every table of a run and of an evaluation, and every column of each', () => {
  const text = readFileSync(join(packageRoot(), 'notebooks', 'data-dictionary.md'), 'utf8');
  for (const { folder, definition } of [...logTables, answersTable]) {
    const section = text.split(/^## /m).find((each) => each.startsWith(`\`${folder}/\``)) ?? '';
    assert.ok(section.includes(`version ${definition.version}.`), folder);
    for (const column of Object.keys(definition.fields)) assert.ok(section.includes(`| \`${column}\` |`), `${folder}: ${column}`);
  }
});

test('every number of every record has a unit, and every column a meaning', () => {
  for (const { name, fields } of recordDefinitions) {
    for (const { path, type, unit, doc } of columnsOf(fields)) {
      assert.match(doc, /\.$/, `${name}.${path}`);
      if (/^(int|float)/.test(type)) assert.notEqual(unit, '', `${name}.${path}`);
    }
  }
});

test('what a column holds within has a row of its own, after it', () => {
  const fields = { reasons: nullable(list(struct({ reason: oneOf(['a', 'b'], 'Why.'), count: int32('How often | at most.', 'rollouts') }, 'Drop.'), 'By reason.')), text: utf8('Text.') };
  assert.deepEqual(columnsOf(fields), [
    { path: 'reasons', type: 'list?', unit: '', doc: 'By reason.' },
    { path: 'reasons[]', type: 'struct', unit: '', doc: 'Drop.' },
    { path: 'reasons[].reason', type: 'one of `a`, `b`', unit: '', doc: 'Why.' },
    { path: 'reasons[].count', type: 'int32', unit: 'rollouts', doc: 'How often \\| at most.' },
    { path: 'text', type: 'text', unit: '', doc: 'Text.' },
  ]);
});
