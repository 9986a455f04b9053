import assert from 'node:assert/strict';
import { test } from 'node:test';
import { alignedTable, markdownTable } from './table.ts';

const rows = [{ name: 'a|b', value: 1.234 }, { name: 'c', value: 1234.5, note: 'seen' }];

test('A table has its columns aligned, numbers to the right', () => {
  assert.equal(alignedTable(rows), 'name  value  note\na|b    1.23\nc      1235  seen\n');
});

test('A Markdown table has the same cells', () => {
  assert.equal(markdownTable(rows), '| name | value | note |\n| --- | --- | --- |\n| a\\|b | 1.23 |  |\n| c | 1235 | seen |\n');
});
