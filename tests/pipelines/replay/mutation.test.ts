/*
 * Every field of every table, altered in one row at random: replay finds it, in that row and field; or it is in the list of what is taken as given, and then it shows where that list says,
 * or nowhere.
 */
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import fc from 'fast-check';
import { uniforms } from '../../../operators/flow/seeds.ts';
import type { LoggedStep, StepLog } from '../../../operators/ports/step-log.ts';
import type { Difference } from '../../../operators/replay/difference.ts';
import { givenFields } from '../../../operators/replay/given-fields.ts';
import { rowKey, tableNames, tableRecords, type TableName } from '../../../operators/replay/logged-tables.ts';
import type { Field } from '../../../schemas/field.ts';
import { replay } from '../../../pipelines/replay.ts';
import { otherValue, rememberedLog, withAlteredField, withRows } from './altered-log.ts';
import { stubParts } from './logged-stub-run.ts';
import { richRun } from './rich-run.ts';

const runsPerField = 8;
let directory = '';
let log: StepLog & { readonly all: readonly LoggedStep[] };
before(async () => {
  directory = await richRun();
  log = await rememberedLog(directory);
});

async function differenceIn(altered: StepLog, step: number): Promise<Difference | null> {
  return (await replay(directory, { steps: String(step), parts: { ...stubParts, log: altered } }).done).difference;
}

interface Place {
  readonly step: number;
  readonly row: number;
  readonly value: object;
}

const placesOf = (table: TableName): Place[] => log.all.flatMap(({ step, tables }) => tables[table].map((value, row) => ({ step, row, value })));

test('the run has rows in every table, refills, lost rollouts, and letters of corpus and stages', () => {
  for (const table of tableNames) assert.ok(placesOf(table).length > 0, table);
  const codes = new Set(log.all.flatMap(({ tables }) => tables.deadLetters.map(({ stage, code }) => `${stage} ${code}`)));
  assert.deepEqual([...codes].sort(), ['corpus INPUT_MALFORMED', 'generate-masks PROMPT_TOO_LONG', 'reward NOT_A_NUMBER']);
  assert.ok(log.all.some(({ tables }) => tables.paragraphs.length > 4));
  assert.ok(log.all.some(({ tables }) => tables.maskRollouts.some(({ finishReason }) => finishReason === 'length')));
});

for (const table of tableNames) {
  describe(table, () => {
    for (const [name, field] of Object.entries<Field>(tableRecords[table].fields)) {
      test(name, async () => {
        const given = givenFields.find((each) => each.table === table && each.field === name);
        const property = fc.asyncProperty(fc.integer({ min: 0, max: 2 ** 32 - 1 }), async (seed) => {
          const draw = uniforms(seed);
          const places = placesOf(table);
          const { step, row, value } = places[Math.floor(draw() * places.length)]!;
          const found = await differenceIn(withAlteredField(log, step, table, row, name, (old) => otherValue(field, old, draw)), step);
          const where = found === null ? 'nowhere' : `${found.table ?? ''}.${(found.field ?? found.kind).replace(/[[.].*/, '')}`;
          const told = `row ${row} of step ${step} (${rowKey(table, value) ?? ''}): ${JSON.stringify(found)}`;
          const stagesOwn = 'stage' in value && value.stage !== 'corpus'; // letters of the stages are made again
          if (given !== undefined && !stagesOwn && (found === null || given.shownBy.includes(where))) return;
          assert.equal(found?.table, table, told);
          assert.ok(found.field === null || where === `${table}.${name}`, told);
          if (table !== 'deadLetters' && found.kind !== 'duplicate-row') assert.equal(found.row ?? row, row, told);
        });
        await fc.assert(property, { numRuns: runsPerField, seed: 11, includeErrorInReport: true });
      });
    }
  });
}

describe('rows', () => {
  for (const table of tableNames) {
    test(`${table}: one taken out, put in twice, or out of order is found and named`, async () => {
      const property = fc.asyncProperty(fc.nat(), fc.constantFrom('out' as const, 'twice' as const, 'swapped' as const), async (seed, how) => {
        const places = placesOf(table);
        const { step, row, value } = places[seed % places.length]!;
        const rows = log.all[step - 1]!.tables[table] as readonly object[];
        if (how === 'swapped' && row + 1 >= rows.length) return;
        const change = {
          out: () => rows.filter((_, at) => at !== row),
          twice: () => [...rows, value],
          swapped: () => rows.map((each, at) => (at === row ? rows[row + 1]! : at === row + 1 ? rows[row]! : each)),
        }[how];
        const found = await differenceIn(withRows(log, step, table, change), step);
        const same = JSON.stringify(rows[row]) === JSON.stringify(rows[row + 1]);
        if (found === null) assert.ok(table === 'deadLetters' || same, `${how} ${row} of step ${step}`);
        else if (table !== 'deadLetters') {
          assert.equal(found.table, table, JSON.stringify(found));
          assert.match(found.kind, { out: /missing-row/, twice: /duplicate-row/, swapped: /row-order/ }[how], JSON.stringify(found));
          if (how !== 'swapped') assert.equal(found.id, rowKey(table, value));
        }
      });
      await fc.assert(property, { numRuns: 20, seed: 5, includeErrorInReport: true });
    });
  }
});

test('a step of another place in the run put into its place is found at its first row', async () => {
  const other = log.all[2]!;
  const altered: StepLog = { ...log, read: (step) => (step === 2 ? Promise.resolve({ ...other, step }) : log.read(step)) };
  const found = await differenceIn(altered, 2);
  assert.ok(found !== null && found.table === 'paragraphs' && found.row === 0, JSON.stringify(found));
});
