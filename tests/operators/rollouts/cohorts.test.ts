import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { from, lastValueFrom, toArray } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { shuffleInPlace, uniforms } from '../../../operators/flow/seeds.ts';
import { cohorts } from '../../../operators/rollouts/cohorts.ts';
import { PretrainZeroError } from '../../../schemas/pretrain-zero-error.ts';
import type { Paragraph } from '../../../schemas/records/paragraph.ts';
import { sampleParagraph } from '../../sample-paragraph.ts';

const scheduler = () => new TestScheduler((actual, expected) => assert.deepEqual(actual, expected));
const member = (step: number, slot: number, cohortFirstSlot = 0, cohortSize = 2) => sampleParagraph({ step, slot, cohortFirstSlot, cohortSize });
const invalid = (message: RegExp) => (error: unknown) => error instanceof PretrainZeroError && error.code === 'RECORD_INVALID' && message.test(error.message);

describe('cohorts', () => {
  test('a cohort comes when its last member is there, in slot order', () => {
    scheduler().run(({ cold, expectObservable }) => {
      const [a, b, c, d] = [member(1, 0), member(1, 1), member(2, 0), member(2, 1)];
      const source = cold('-b--a--c-d-|', { a, b, c, d });
      expectObservable(source.pipe(cohorts((p) => p))).toBe('----x----y-|', { x: [a, b], y: [c, d] });
    });
  });

  test('a refill is a cohort of its own, and cohorts may overlap in time', () => {
    scheduler().run(({ cold, expectObservable }) => {
      const [a, b, r] = [member(1, 0), member(1, 1), member(1, 2, 2, 1)];
      expectObservable(cold('a-r-b|', { a, b, r }).pipe(cohorts((p) => p))).toBe('--x-y|', { x: [r], y: [a, b] });
    });
  });

  test('a member that comes twice counts once', () => {
    scheduler().run(({ cold, expectObservable }) => {
      const [a, b] = [member(1, 0), member(1, 1)];
      expectObservable(cold('a-a-b|', { a, b }).pipe(cohorts((p) => p))).toBe('----x|', { x: [a, b] });
    });
  });

  test('whatever the order of arrival, the cohorts are the same', async () => {
    const all = [1, 2, 3].flatMap((step) => [0, 1, 2, 3].map((slot) => member(step, slot, 0, 4)));
    await fc.assert(
      fc.asyncProperty(fc.nat(), async (seed) => {
        const shuffled = shuffleInPlace([...all], uniforms(seed));
        const found = await lastValueFrom(from(shuffled).pipe(cohorts((p: Paragraph) => p), toArray()));
        const inStepOrder = found.sort((a, b) => a[0]!.step - b[0]!.step);
        assert.deepEqual(inStepOrder.flat(), all);
      }),
      { numRuns: 50 },
    );
  });

  test('a stream that ends within a cohort is an error that names it', async () => {
    await assert.rejects(lastValueFrom(from([member(3, 1)]).pipe(cohorts((p: Paragraph) => p))), invalid(/1 of the 2 .*000003\/01/));
  });

  test('a slot outside its cohort is an error', async () => {
    await assert.rejects(lastValueFrom(from([member(1, 2)]).pipe(cohorts((p: Paragraph) => p))), invalid(/slot 2/));
  });

  test('an error of the source is passed on', () => {
    scheduler().run(({ cold, expectObservable }) => {
      expectObservable(cold<Paragraph>('-#').pipe(cohorts((p) => p))).toBe('-#');
    });
  });
});
