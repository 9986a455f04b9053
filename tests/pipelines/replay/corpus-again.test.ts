/* Replay with the corpus at hand: what it made is found to be altered, whichever field it is, and a run that is as it was stays without a difference. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import fc from 'fast-check';
import { uniforms } from '../../../operators/flow/seeds.ts';
import type { LoggedStep, StepLog } from '../../../operators/ports/step-log.ts';
import { tableRecords, type TableName } from '../../../operators/replay/logged-tables.ts';
import { replay } from '../../../pipelines/replay.ts';
import { corpusParagraphFields } from '../../../schemas/records/corpus-paragraph.ts';
import { createStubParagraphSource } from '../../stub-paragraph-source.ts';
import { otherValue, rememberedLog, withAlteredField, withRows } from './altered-log.ts';
import { stubParts } from './logged-stub-run.ts';
import { richRun, richSource, richText } from './rich-run.ts';

let directory = '';
let log: StepLog & { readonly all: readonly LoggedStep[] };
before(async () => {
  directory = await richRun();
  log = await rememberedLog(directory);
});

const withCorpus = (changed: StepLog, steps?: string) => replay(directory, { corpus: true, ...(steps !== undefined && { steps }), parts: { ...stubParts, source: richSource(), log: changed } }).done;

for (const maxStaleness of [0, 1, 2]) {
  test(`the paragraphs of a run are those of its corpus, whole and in part (maxStaleness ${maxStaleness})`, async () => {
    const run = maxStaleness === 0 ? directory : await richRun(maxStaleness);
    for (const steps of ['1..', '3..4', '5']) {
      const { difference } = await replay(run, { corpus: true, steps, parts: { ...stubParts, source: richSource() } }).done;
      assert.equal(difference, null, steps);
    }
  });
}

test('of what the corpus makes, every alteration is found in its own row and field', async () => {
  const corpusLetters = ['code', 'message', 'file', 'pageId', 'byteOffset'] as const;
  const fields: readonly (readonly [table: TableName, field: string])[] = [...Object.keys(corpusParagraphFields).map((field) => ['paragraphs', field] as const), ...corpusLetters.map((field) => ['deadLetters', field] as const)];
  const places = (table: TableName) => log.all.flatMap(({ step, tables }) => tables[table].flatMap((value, row) => (table === 'paragraphs' || ('stage' in value && value.stage === 'corpus') ? [{ step, row }] : [])));
  for (const [table, name] of fields) {
    const property = fc.asyncProperty(fc.integer({ min: 0, max: 2 ** 32 - 1 }), async (seed) => {
      const draw = uniforms(seed);
      const all = places(table);
      const { step, row } = all[Math.floor(draw() * all.length)]!;
      const altered = withAlteredField(log, step, table, row, name, (old) => otherValue(tableRecords[table].fields[name as never], old, draw));
      const { difference } = await withCorpus(altered, String(step));
      assert.equal(difference?.table, table, `${name} of row ${row} of step ${step}`);
    });
    await fc.assert(property, { numRuns: 3 });
  }
});

test('a letter of the corpus that is gone, or was never met, is found', async () => {
  const { step } = log.all.find(({ tables }) => tables.deadLetters.some(({ stage }) => stage === 'corpus'))!;
  const gone = await withCorpus(withRows(log, step, 'deadLetters', (rows) => rows.slice(1)), String(step));
  assert.equal(gone.difference?.table, 'deadLetters');
  const twice = await withCorpus(withRows(log, step, 'deadLetters', (rows) => [...rows, rows[0]!]), String(step));
  assert.equal(twice.difference?.table, 'deadLetters');
});

test('another corpus is told by the first paragraph that differs, and a shorter one by the row that it does not have', async () => {
  const other = createStubParagraphSource({ text: (ordinal) => (ordinal === 5 ? 'Another text.' : richText(ordinal)), letterEvery: 4 });
  const { difference } = await replay(directory, { corpus: true, parts: { ...stubParts, source: other } }).done;
  assert.deepEqual([difference?.table, difference?.field, difference?.recomputed], ['paragraphs', 'text', 'Another text.']);
  const shorter = createStubParagraphSource({ text: richText, letterEvery: 4, count: 6 });
  const short = await replay(directory, { corpus: true, parts: { ...stubParts, source: shorter } }).done;
  assert.deepEqual([short.difference?.table, short.difference?.kind], ['paragraphs', 'unexpected-row']);
});

test('a what-if asks for no corpus', async () => {
  await assert.rejects(replay(directory, { corpus: true, set: ['masks.regularise=whole-words'], parts: stubParts }).done, { code: 'USAGE', message: /no what-if/ });
});
