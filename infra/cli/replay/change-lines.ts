/** What would have changed, in words. In: the changes of a step, or of all together. Out: a row of a table for the one, lines for the other. Pure. */
import type { Counts, Pair, RoleChanges, StepChanges } from '../../../operators/replay/step-changes.ts';
import { count, decimal } from '../amounts.ts';
import type { Ink } from '../ink.ts';

export const changeHead = ['step', 'usable masks', 'kept, masks', 'kept, predictions', 'unknown', 'right', 'rewards', 'advantages'] as const;

export function changeRow({ step, masks, roles, predictions }: StepChanges): string[] {
  const { mask, predict } = roles;
  const unknown = (mask.groups.after.unknown ?? 0) + (predict.groups.after.unknown ?? 0);
  return [
    step === 0 ? 'all' : String(step),
    arrow(of(masks, 'usable')),
    arrow(of(mask.groups, 'kept')),
    arrow(of(predict.groups, 'kept')),
    count(unknown),
    arrow(of(predictions, 'right')),
    count(mask.rewardsChanged + predict.rewardsChanged),
    count(mask.advantagesChanged + predict.advantagesChanged),
  ];
}

export function changeLines(changes: StepChanges, ink: Ink): string[] {
  const { masks, predictions, roles, update, examples } = changes;
  const unknown = (roles.mask.groups.after.unknown ?? 0) + (roles.predict.groups.after.unknown ?? 0);
  return [
    `${ink.bold('Masks')}  ${reasons(masks)}`,
    `${ink.bold('Predictions')}  ${reasons(predictions)}`,
    `${ink.bold('Groups of masks')}  ${reasons(roles.mask.groups)}; mean reward ${meanReward(roles.mask)}`,
    `${ink.bold('Groups of predictions')}  ${reasons(roles.predict.groups)}; mean reward ${meanReward(roles.predict)}`,
    `${ink.bold('Update')}  response tokens ${arrow(update.responseTokens)}, micro-batches ${arrow(update.gradientBatches)}`,
    ...(unknown === 0 ? [] : ['Unknown are groups that hang on a question the model was never asked; they stand in no other figure after the arrow.']),
    ...(examples.length === 0 ? ['Nothing would have changed.'] : examples.map(({ id, what, before, after }) => `  ${id}  ${what}: ${before} -> ${after}`)),
  ];
}

function of({ before, after }: Pair<Counts>, reason: string): Pair<number> {
  return { before: before[reason] ?? 0, after: after[reason] ?? 0 };
}

function arrow({ before, after }: Pair<number>): string {
  return before === after ? count(before) : `${count(before)} -> ${count(after)}`;
}

function reasons(pair: Pair<Counts>): string {
  const names = [...new Set([...Object.keys(pair.before), ...Object.keys(pair.after)])];
  return names.length === 0 ? 'none' : names.map((name) => `${name} ${arrow(of(pair, name))}`).join(', ');
}

function meanReward({ rewardSum, rewarded }: RoleChanges): string {
  const mean = (sum: number, rollouts: number): string => decimal(rollouts === 0 ? null : sum / rollouts, 3);
  const [before, after] = [mean(rewardSum.before, rewarded.before), mean(rewardSum.after, rewarded.after)];
  return before === after ? before : `${before} -> ${after}`;
}
