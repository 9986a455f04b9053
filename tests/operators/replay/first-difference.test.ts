import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { firstDifference } from '../../../operators/replay/first-difference.ts';
import { tableNames, tableRecords, type TableName } from '../../../operators/replay/logged-tables.ts';
import { arbitraryRow } from '../../arbitrary-record.ts';

const fieldsOf = (table: TableName): Set<string> => new Set(Object.keys(tableRecords[table].fields));
const compare = (table: TableName, logged: readonly object[], recomputed: readonly object[], fields = fieldsOf(table)) => firstDifference(table, { logged, recomputed, fields });
const step = { file: 'a', role: null, recordId: null, step: 1, pageId: null, byteOffset: null, stage: 'corpus', code: 'X', message: 'm' };
const paragraph = (slot: number) => ({ id: `000001/0${slot}`, step: 1, slot });

describe('two tables', () => {
  for (const table of tableNames) {
    test(`of the same rows are the same, whatever is in them: ${table}`, () => {
      fc.assert(
        fc.property(arbitraryRow(tableRecords[table]), (row) => {
          assert.equal(compare(table, [row], [structuredClone(row)]), null);
        }),
      );
    });
  }

  test('numbers are compared by their bits: -0 is not 0, NaN is NaN', () => {
    const batch = (tokens: number) => ({ id: 'a', step: 1, index: 0, groupIds: [], responses: 0, responseTokens: tokens, tokensComputed: NaN, tokensInRows: 0 });
    assert.equal(compare('gradientBatches', [batch(0)], [batch(0)]), null);
    assert.equal(compare('gradientBatches', [batch(-0)], [batch(0)])?.field, 'responseTokens');
  });

  test('the place of a difference is told down to the element', () => {
    const found = compare('gradientBatches', [{ id: 'a', step: 1, index: 0, groupIds: ['x', 'y'] }], [{ id: 'a', step: 1, index: 0, groupIds: ['x', 'z'] }], new Set(['id', 'step', 'index', 'groupIds']));
    assert.deepEqual([found?.kind, found?.row, found?.id, found?.field, found?.logged, found?.recomputed], ['value', 0, 'a', 'groupIds[1]', 'y', 'z']);
    assert.equal(compare('gradientBatches', [{ groupIds: ['x'] }], [{ groupIds: [] }], new Set(['groupIds']))?.field, 'groupIds.length');
  });

  test('fields that the log was written without are not compared', () => {
    assert.equal(compare('deadLetters', [{ ...step, role: null }], [{ ...step, role: 'mask' }], new Set(['stage', 'code'])), null);
  });

  const fields = new Set(['id', 'step', 'slot']);
  const rows = [0, 1, 2].map(paragraph);
  const cases: readonly (readonly [what: string, logged: object[], kind: string, id: string])[] = [
    ['one missing in the middle', [rows[0]!, rows[2]!], 'missing-row', '000001/01'],
    ['one missing before the end, another too many', [rows[0]!, rows[2]!, paragraph(3)], 'missing-row', '000001/01'],
    ['the last missing', [rows[0]!, rows[1]!], 'missing-row', '000001/02'],
    ['one that does not belong there', [rows[0]!, paragraph(7), rows[1]!, rows[2]!], 'unexpected-row', '000001/07'],
    ['one more at the end', [...rows, paragraph(3)], 'unexpected-row', '000001/03'],
    ['one twice', [...rows, rows[1]!], 'duplicate-row', '000001/01'],
    ['two that changed places', [rows[1]!, rows[0]!, rows[2]!], 'row-order', '000001/01'],
    ['one with another id', [rows[0]!, { ...rows[1]!, id: 'x' }, rows[2]!], 'value', '000001/01'],
  ];
  for (const [what, logged, kind, id] of cases) {
    test(`rows: ${what}`, () => {
      const found = compare('paragraphs', logged, rows, fields);
      assert.deepEqual([found?.kind, found?.id], [kind, id]);
    });
  }
});
