import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { openCohortReader } from '../../../operators/flow/cohort-reader.ts';
import { corpusAgain } from '../../../operators/replay/corpus-again.ts';
import { createStubParagraphSource } from '../../stub-paragraph-source.ts';

test('whatever cohorts a run drew, each step gets its paragraphs and letters again', async () => {
  const run = fc.record({ count: fc.nat(60), letterEvery: fc.integer({ min: 1, max: 7 }), perStep: fc.integer({ min: 1, max: 6 }), refills: fc.array(fc.nat(4), { minLength: 1, maxLength: 12 }), staleness: fc.nat(2) });
  await fc.assert(
    fc.asyncProperty(run, async ({ count, letterEvery, perStep, refills, staleness }) => {
      const source = createStubParagraphSource({ count, letterEvery });
      const cohorts = await openCohortReader(source, perStep, null);
      const steps = refills.map(() => ({ ranges: [] as { first: number; end: number }[], paragraphs: [] as unknown[], letters: [] as unknown[] }));
      const draw = async (step: number, size: number, whole: boolean): Promise<void> => {
        const { paragraphs, letters } = await cohorts.take(size, whole);
        const at = steps[step]!;
        if (paragraphs.length > 0) at.ranges.push({ first: paragraphs[0]!.ordinal, end: paragraphs.at(-1)!.ordinal + 1 });
        at.paragraphs.push(...paragraphs);
        at.letters.push(...letters.map((letter) => ({ ...letter, step: step + 1 })));
      };
      for (let round = 0; round < steps.length + staleness; round++) {
        if (round < steps.length) await draw(round, perStep, true); // a step is begun while those before it are refilled
        const late = round - staleness;
        if (late >= 0 && refills[late]! > 0) await draw(late, refills[late]!, false);
      }
      const again = corpusAgain(await source.open(), perStep, 0);
      for (const [i, { ranges, paragraphs, letters }] of steps.entries()) {
        if (ranges.length === 0) continue; // no such step is logged
        const read = await again.of(i + 1, ranges);
        assert.deepEqual([...read.paragraphs.values()], paragraphs);
        assert.deepEqual(read.letters, letters);
      }
    }),
  );
});

test('a paragraph that the corpus does not have is missing; those before the first asked for are passed over', async () => {
  const source = createStubParagraphSource({ count: 5 });
  const again = corpusAgain(await source.open(), 2, 3);
  const { paragraphs } = await again.of(2, [{ first: 3, end: 7 }]);
  assert.deepEqual([...paragraphs.keys()], [3, 4]);
  assert.deepEqual([...(await again.of(3, [{ first: 0, end: 2 }])).paragraphs.keys()], []);
});
