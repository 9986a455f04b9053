import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { openCohortReader, type CorpusCohort } from '../../../operators/flow/cohort-reader.ts';
import type { CorpusPosition } from '../../../operators/ports/paragraph-source.ts';
import { createStubParagraphSource } from '../../stub-paragraph-source.ts';

const perStep = 3;

async function takeAll(counts: readonly number[], from: CorpusPosition | null, source = newSource()): Promise<CorpusCohort[]> {
  const reader = await openCohortReader(source, perStep, from);
  const cohorts: CorpusCohort[] = [];
  for (const count of counts) cohorts.push(await reader.take(count, count === perStep));
  return cohorts;
}

const newSource = () => createStubParagraphSource({ count: 31, letterEvery: 4 });
const ordinals = (cohort: CorpusCohort) => cohort.paragraphs.map((paragraph) => paragraph.ordinal);
const letters = (cohort: CorpusCohort) => cohort.letters.map((letter) => letter.pageId);

test('whatever cohorts are taken, reopening after any of them gives what would have followed: paragraphs, dead letters, positions', async () => {
  const counts = fc.array(fc.constantFrom(1, 2, perStep, perStep), { minLength: 1, maxLength: 14 });
  await fc.assert(
    fc.asyncProperty(counts, fc.nat(13), async (sizes, cut) => {
      const whole = await takeAll(sizes, null);
      const at = Math.min(cut, sizes.length - 1);
      const position = JSON.parse(JSON.stringify(whole[at]!.position)) as CorpusPosition;
      const rest = await takeAll(sizes.slice(at + 1), position);
      const visible = (cohort: CorpusCohort) => [ordinals(cohort), letters(cohort), cohort.exhausted];
      assert.deepEqual(rest.map(visible), whole.slice(at + 1).map(visible));
    }),
    { numRuns: 60 },
  );
});

test('dead letters come with the cohort of the paragraph that they stand before, not with the one read ahead for', async () => {
  const cohorts = await takeAll([3, 3, 3], null);
  assert.deepEqual(cohorts.map(ordinals), [[0, 1, 2], [3, 4, 5], [6, 7, 8]]);
  assert.deepEqual(cohorts.map(letters), [[], ['3'], ['7']]);
});

test('the last whole step is known as such; of what is left a step takes nothing, a refill what there is', async () => {
  const source = createStubParagraphSource({ count: 8 });
  const cohorts = await takeAll([3, 3, 3, 2, 2], null, source);
  assert.deepEqual(cohorts.map((cohort) => [ordinals(cohort), cohort.exhausted]), [
    [[0, 1, 2], false],
    [[3, 4, 5], true],
    [[], true],
    [[6, 7], true],
    [[], true],
  ]);
});

test('an error met while reading ahead is thrown by the cohort that needs what it hid, not before', async () => {
  const source = createStubParagraphSource({
    before: (ordinal) => {
      if (ordinal === 4) throw new Error('connection lost');
    },
  });
  const reader = await openCohortReader(source, perStep, null);
  const first = await reader.take(3, true);
  assert.deepEqual([ordinals(first), first.exhausted], [[0, 1, 2], false]);
  assert.deepEqual(ordinals(await reader.take(1, false)), [3]);
  await assert.rejects(reader.take(3, true), /connection lost/);
});

test('one step is read ahead and no more', async () => {
  const source = createStubParagraphSource();
  await takeAll([3, 3], null, source);
  assert.equal(source.itemsRead(), 9);
});
