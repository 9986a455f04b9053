import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { exactnessProblems, type LoggedStep, type RunRecords } from './exactness.ts';

/** A run as it should be: `steps` steps of `paragraphs` paragraphs with two groups each, the second dropped. */
function exactRun(steps: number, paragraphs: number): RunRecords {
  const logged = Array.from({ length: steps }, (_, i) => exactStep(i + 1, paragraphs));
  return {
    // The first epoch came as far as step 2 and was ended by a fault; its answers were repeated too.
    admissions: logged.flatMap(({ step }) => (step <= 2 ? [1, 1, 2] : [2]).map((epoch) => ({ epoch, step, firstSlot: 0, paragraphs }))),
    commits: logged.flatMap(({ step, paragraphIds }) => (step <= 2 ? [1, 2] : [2]).map((epoch) => ({ epoch, step, paragraphIds }))),
    logged,
  };
}

function exactStep(step: number, paragraphs: number): LoggedStep {
  const paragraphIds = Array.from({ length: paragraphs }, (_, slot) => `${step}/${slot}`);
  const groups = paragraphIds.flatMap((id) => [
    { id: `${id}/mask`, role: 'mask' as const, rolloutIds: [`${id}/mask/0`, `${id}/mask/1`, `${id}/mask/2`], advantages: [1, 0, -1], kept: true },
    { id: `${id}/predict/0`, role: 'predict' as const, rolloutIds: [`${id}/predict/0/0`], advantages: [0], kept: false },
  ]);
  return {
    step,
    paragraphIds,
    rollouts: groups.flatMap(({ role, rolloutIds }) => rolloutIds.map((id) => ({ id, role }))),
    groups,
    gradientBatches: groups.filter(({ kept }) => kept).map(({ id }) => ({ groupIds: [id], responses: 2 })),
    ledger: [
      { role: 'mask', admitted: 3 * paragraphs, trained: 3 * paragraphs, dropped: [], deadLettered: [] },
      { role: 'predict', admitted: paragraphs, trained: 0, dropped: [{ reason: 'all-zero', count: paragraphs }], deadLettered: [] },
    ],
  };
}

test('a run that lost nothing and counted nothing twice has no problem', () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 4 }), (steps, paragraphs) => assert.deepEqual(exactnessProblems(exactRun(steps, paragraphs), steps), [])));
});

type Lists = { readonly [K in keyof LoggedStep]: LoggedStep[K] extends readonly unknown[] ? K : never }[keyof LoggedStep];
const lists: readonly Lists[] = ['paragraphIds', 'rollouts', 'groups', 'gradientBatches', 'ledger'];

/** The run with one list of one step changed. */
function changed(run: RunRecords, at: number, list: Lists, change: (items: readonly unknown[]) => unknown[]): RunRecords {
  return { ...run, logged: run.logged.map((step, i) => (i === at ? { ...step, [list]: change(step[list]) } : step)) };
}

const place = fc.record({ steps: fc.integer({ min: 1, max: 6 }), paragraphs: fc.integer({ min: 1, max: 4 }), at: fc.nat(), item: fc.nat() });

test('whatever is taken out of the log is found', () => {
  fc.assert(
    fc.property(place, fc.constantFrom(...lists.filter((list) => list !== 'ledger')), ({ steps, paragraphs, at, item }, list) => {
      const run = changed(exactRun(steps, paragraphs), at % steps, list, (items) => items.toSpliced(item % items.length, 1));
      assert.notDeepEqual(exactnessProblems(run, steps), [], list);
    }),
  );
});

test('whatever is in the log twice is found, in its own step or in another', () => {
  fc.assert(
    fc.property(place, fc.constantFrom(...lists.filter((list) => list !== 'ledger')), fc.nat(), ({ steps, paragraphs, at, item }, list, to) => {
      const whole = exactRun(steps, paragraphs);
      const items = whole.logged[at % steps]![list];
      const run = changed(whole, to % steps, list, (others) => [...others, items[item % items.length]]);
      assert.notDeepEqual(exactnessProblems(run, steps), [], list);
    }),
  );
});

test('a step that is missing, or is there twice, or was not to be done, is found', () => {
  const run = exactRun(4, 2);
  assert.match(exactnessProblems({ ...run, logged: run.logged.toSpliced(1, 1) }, 4)[0]!, /the log misses steps: 2/);
  assert.match(exactnessProblems({ ...run, logged: [...run.logged, run.logged[2]!] }, 4).join('\n'), /3\/0 is logged 2 times/);
  assert.match(exactnessProblems(run, 3)[0]!, /steps that are not due: 4/);
});

test('what the topics say otherwise is found', () => {
  const run = exactRun(3, 2);
  const found = (changes: Partial<RunRecords>): string => exactnessProblems({ ...run, ...changes }, 3).join('\n');
  assert.match(found({ admissions: run.admissions.filter(({ step }) => step !== 3) }), /step 3: 0 paragraphs were admitted, 2 are logged/);
  assert.match(found({ admissions: [...run.admissions, { epoch: 2, step: 3, firstSlot: 2, paragraphs: 1 }] }), /step 3: 3 paragraphs were admitted, 2 are logged/);
  assert.match(found({ admissions: [...run.admissions, { epoch: 2, step: 3, firstSlot: 0, paragraphs: 1 }] }), /answered in two ways/);
  assert.match(found({ commits: run.commits.filter(({ step }) => step !== 2) }), /step 2: nobody asked for it to be committed/);
  assert.match(found({ commits: [...run.commits, { epoch: 3, step: 1, paragraphIds: ['1/0', '1/7'] }] }), /misses paragraphs: 1\/7/);
});

test('a ledger that does not add up, or says other than the log, is found', () => {
  const run = exactRun(1, 2);
  const withLine = (change: object): string => exactnessProblems(changed(run, 0, 'ledger', (lines) => lines.map((line, i) => (i === 0 ? { ...(line as object), ...change } : line))), 1).join('\n');
  assert.match(withLine({ trained: 5 }), /does not add up/);
  assert.match(withLine({ admitted: 7, trained: 7 }), /has 7 rollouts of the role mask, the log 6/);
  assert.match(withLine({ trained: 5, dropped: [{ reason: 'all-zero', count: 1 }] }), /6 rollouts were kept, and the ledger has 5 of them/);
});
