/** In: the changes of several steps. Out: those of all of them together, with the first examples; learning rates are summed likewise. Pure. */
import type { Counts, Example, Pair, RoleChanges, StepChanges } from './step-changes.ts';

export function sumChanges(a: StepChanges | null, b: StepChanges, mostExamples: number): StepChanges {
  const examples: Example[] = [...(a?.examples ?? []), ...b.examples].slice(0, mostExamples);
  if (a === null) return { ...b, step: 0, examples };
  return {
    step: 0,
    masks: pair(a.masks, b.masks, addCounts),
    predictions: pair(a.predictions, b.predictions, addCounts),
    roles: { mask: addRoles(a.roles.mask, b.roles.mask), predict: addRoles(a.roles.predict, b.roles.predict) },
    update: {
      responseTokens: pair(a.update.responseTokens, b.update.responseTokens, add),
      gradientBatches: pair(a.update.gradientBatches, b.update.gradientBatches, add),
      learningRate: pair(a.update.learningRate, b.update.learningRate, add),
    },
    examples,
  };
}

const add = (a: number, b: number): number => a + b;

function pair<T>(a: Pair<T>, b: Pair<T>, sum: (a: T, b: T) => T): Pair<T> {
  return { before: sum(a.before, b.before), after: sum(a.after, b.after) };
}

function addCounts(a: Counts, b: Counts): Counts {
  return Object.fromEntries([...new Set([...Object.keys(a), ...Object.keys(b)])].map((reason) => [reason, (a[reason] ?? 0) + (b[reason] ?? 0)]));
}

function addRoles(a: RoleChanges, b: RoleChanges): RoleChanges {
  return {
    groups: pair(a.groups, b.groups, addCounts),
    rewardSum: pair(a.rewardSum, b.rewardSum, add),
    rewarded: pair(a.rewarded, b.rewarded, add),
    rewardsChanged: a.rewardsChanged + b.rewardsChanged,
    advantagesChanged: a.advantagesChanged + b.advantagesChanged,
  };
}
