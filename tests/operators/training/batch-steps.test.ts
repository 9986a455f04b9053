import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Subject } from 'rxjs';
import { createCredits, type CreditGrant } from '../../../operators/flow/credits.ts';
import { batchSteps, type StepBatch } from '../../../operators/training/batch-steps.ts';
import { paragraphId } from '../../../operators/rollouts/ids.ts';
import type { ScoredGroups } from '../../../schemas/records/edges.ts';
import type { PolicyVersion } from '../../../schemas/records/policy-version.ts';
import { stubParagraph } from '../../stub-paragraph-source.ts';

const position = (n: number) => ({ at: { next: n }, skip: 0 });

function scored(step: number, slot: number): ScoredGroups {
  const paragraph = { id: paragraphId(step, slot), step, slot, cohortFirstSlot: 0, cohortSize: 3, ...stubParagraph(slot, 'text'), tokenEntropies: null };
  return { paragraph, maskRollouts: [], passages: [], predictions: [], groups: [] };
}

/** A sink whose stages are the test's own hands. Paragraphs with an even slot are useful. */
function sink(options: { maxStaleness?: number; refillParagraphs?: number; steps?: number; settle?: (step: number) => boolean } = {}) {
  const { maxStaleness = 0, refillParagraphs = 0, steps = 4, settle = () => true } = options;
  const credits = createCredits(3 * (1 + maxStaleness));
  const source = new Subject<ScoredGroups>();
  const versions = new Subject<PolicyVersion>();
  const grants: CreditGrant[] = [];
  const batches: StepBatch[] = [];
  const ends: string[] = [];
  credits.grants.subscribe((grant) => grants.push(grant));
  const resume = { step: 0, pending: [], corpusPosition: position(0) };
  const useful = (message: ScoredGroups): boolean => message.paragraph.slot % 2 === 0;
  const deps = { credits, policyVersions: versions, paragraphsPerStep: 3, maxStaleness, refillParagraphs, steps, useful, resume, stopping: () => false, settle };
  source.pipe(batchSteps(deps)).subscribe({
    next: (batch) => batches.push(batch),
    error: (error: Error) => ends.push(error.message),
    complete: () => ends.push('complete'),
  });
  return {
    credits,
    source,
    grants,
    batches,
    ends,
    admit: (grant: CreditGrant, admitted = grant.count, exhausted = false) => credits.answer({ grant, admitted, exhausted, position: position(grant.step * 10 + grant.firstSlot) }),
    commit: (step: number) => versions.next({ version: step, step, checkpoint: null }),
  };
}

const slots = (batch: StepBatch | undefined) => batch?.paragraphs.map((message) => message.paragraph.slot);

test('a step goes out once, whole and in slot order, however its paragraphs come and however often', () => {
  const arrivals = fc.shuffledSubarray([0, 1, 2, 0, 1, 2], { minLength: 6 });
  fc.assert(
    fc.property(arrivals, (order) => {
      const { source, grants, batches, admit } = sink();
      admit(grants[0]!);
      order.forEach((slot) => source.next(scored(1, slot)));
      assert.deepEqual(batches.map((batch) => [batch.step, slots(batch)]), [[1, [0, 1, 2]]]);
      assert.deepEqual(batches[0]!.corpusPosition, position(10));
    }),
  );
});

test('the next step is granted when the one before is committed, not earlier', () => {
  const { source, grants, credits, admit, commit } = sink();
  admit(grants[0]!);
  [0, 1, 2].forEach((slot) => source.next(scored(1, slot)));
  assert.equal(grants.length, 1);
  commit(1);
  assert.deepEqual(grants[1], { step: 2, firstSlot: 0, count: 3 });
  assert.equal(credits.inFlight(), 3);
});

test('a message of a committed step, come again, changes nothing', () => {
  const { source, grants, batches, ends, admit, commit } = sink();
  admit(grants[0]!);
  [0, 1, 2].forEach((slot) => source.next(scored(1, slot)));
  commit(1);
  source.next(scored(1, 0));
  assert.deepEqual([batches.length, ends], [1, []]);
});

test('a barren paragraph gives its credit back at once, and is refilled while the refills last', () => {
  const { source, grants, batches, credits, admit } = sink({ refillParagraphs: 2 });
  admit(grants[0]!);
  [0, 1, 2].forEach((slot) => source.next(scored(1, slot)));
  assert.deepEqual(grants[1], { step: 1, firstSlot: 3, count: 1 }, 'slot 1 is barren');
  admit(grants[1]);
  source.next(scored(1, 3));
  assert.deepEqual(grants[2], { step: 1, firstSlot: 4, count: 1 }, 'slot 3 is barren too');
  admit(grants[2]);
  assert.equal(credits.inFlight(), 3);
  source.next(scored(1, 4));
  assert.equal(grants.length, 3);
  assert.deepEqual(slots(batches[0]), [0, 1, 2, 3, 4]);
});

test('with maxStaleness an update waits until all that is granted is scored', () => {
  const { source, grants, batches, admit, commit } = sink({ maxStaleness: 1 });
  assert.deepEqual(grants.map((grant) => grant.step), [1, 2]);
  grants.slice().forEach((grant) => admit(grant));
  [0, 1, 2].forEach((slot) => source.next(scored(1, slot)));
  assert.equal(batches.length, 0);
  [0, 1, 2].forEach((slot) => source.next(scored(2, slot)));
  assert.deepEqual(batches.map((batch) => [batch.step, batch.pending.length, batch.last]), [[1, 3, false]]);
  commit(1);
  assert.equal(batches.length, 1, 'step 3 is under way');
  assert.deepEqual(grants.at(-1), { step: 3, firstSlot: 0, count: 3 });
});

test('once the corpus ends, the steps that are whole are done and the last of them says so', () => {
  const { source, grants, batches, ends, credits, admit, commit } = sink({ maxStaleness: 2 });
  admit(grants[0]!);
  admit(grants[1]!, 3, true);
  admit(grants[2]!, 0, true);
  for (const step of [1, 2]) [0, 1, 2].forEach((slot) => source.next(scored(step, slot)));
  commit(1);
  assert.deepEqual(batches.map((batch) => [batch.step, batch.last]), [[1, false], [2, true]]);
  commit(2);
  source.complete();
  assert.deepEqual(ends, ['complete']);
  assert.equal(credits.inFlight(), 0);
});

test('a paragraph that was never admitted is refused by name', () => {
  const { source, grants, ends, admit } = sink();
  admit(grants[0]!);
  source.next(scored(1, 7));
  assert.match(ends[0]!, /never admitted to step 1 \(000001\/07\)/);
});

test('stages that end before the run does leave the missing paragraph’s name', () => {
  const { source, grants, ends, admit } = sink();
  admit(grants[0]!);
  source.next(scored(1, 0));
  source.complete();
  assert.match(ends[0]!, /while step 1 lacked paragraphs \(000001\/01\)/);
});

test('where others sample, a step need not wait for later ones, but for those that must settle', () => {
  const { source, grants, batches, admit, commit } = sink({ maxStaleness: 1, settle: (step) => step === 2 });
  grants.forEach((grant) => admit(grant));
  [0, 1, 2].forEach((slot) => source.next(scored(1, slot)));
  assert.deepEqual(batches.map(({ step, settled, pending }) => [step, settled, pending.length]), [[1, false, 0]]);
  commit(1);
  [0, 1, 2].forEach((slot) => source.next(scored(2, slot)));
  assert.equal(batches.length, 1, 'the grant of step 3 is not answered');
  admit(grants[2]!);
  assert.equal(batches.length, 1, 'step 3 is not scored');
  [0, 1, 2].forEach((slot) => source.next(scored(3, slot)));
  assert.deepEqual(batches.map(({ step, settled, pending }) => [step, settled, pending.length]), [[1, false, 0], [2, true, 3]]);
});
