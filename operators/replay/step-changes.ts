/**
 * What a change of config, rewards, filter or parser would have made of a step. In: the step as logged, and judged anew. Out: figures of both side by side, and examples by id.
 * Where the change asks other questions than the model was asked, the log cannot tell: those groups are counted as unknown and stand in no other figure of `after`. Pure.
 */
import type { Config } from '../../schemas/config/config.ts';
import type { ScoredGroups } from '../../schemas/records/edges.ts';
import type { Role, ScoredGroup } from '../../schemas/records/scored-group.ts';
import { unaskedPassages } from '../rewards/unasked-passages.ts';
import { predictionGroupId } from '../rollouts/ids.ts';
import type { SampleTables } from './logged-tables.ts';

export interface Counts {
  readonly [reason: string]: number;
}

export interface Pair<T> {
  readonly before: T;
  readonly after: T;
}

export interface RoleChanges {
  /** Groups by what became of them: `kept`, a reason to drop, or `unknown`. */
  readonly groups: Pair<Counts>;
  /** Sum of rewards and the rollouts they are of: in `after`, those of groups that are known. */
  readonly rewardSum: Pair<number>;
  readonly rewarded: Pair<number>;
  /** Rollouts in known groups whose reward or advantage is another. */
  readonly rewardsChanged: number;
  readonly advantagesChanged: number;
}

export interface Example {
  readonly id: string;
  readonly what: 'mask' | 'prediction' | 'group' | 'advantages';
  readonly before: string;
  readonly after: string;
}

export interface StepChanges {
  /** 0 for all steps together. */
  readonly step: number;
  /** Mask rollouts by what became of them: `usable`, or a reason. */
  readonly masks: Pair<Counts>;
  /** Predictions that are there before and after: `right`, `wrong`, or a reason. */
  readonly predictions: Pair<Counts>;
  readonly roles: { readonly [R in Role]: RoleChanges };
  /** Response tokens, micro-batches and learning rate of the update. */
  readonly update: { readonly responseTokens: Pair<number>; readonly gradientBatches: Pair<number>; readonly learningRate: Pair<number> };
  readonly examples: readonly Example[];
}

/** Judged anew. */
export interface StepAfter {
  readonly config: Pick<Config, 'masks' | 'rollouts'>;
  readonly messages: readonly ScoredGroups[];
  readonly update: StepChanges['update'];
}

/** @param mostExamples kept, of those there are */
export function stepChanges(step: number, logged: SampleTables, { config, messages, update }: StepAfter, mostExamples: number): StepChanges {
  const after = { masks: messages.flatMap((m) => m.maskRollouts), predictions: messages.flatMap((m) => m.predictions), groups: messages.flatMap((m) => m.groups) };
  const unknown = unknownGroups(messages, logged.groups, config);
  const fate = (group: ScoredGroup): string => group.dropReason ?? 'kept';
  const known = after.groups.filter(({ id }) => !unknown.has(id));
  const answered = new Map(after.predictions.map((prediction) => [prediction.id, prediction]));
  const masksAfter = new Map(after.masks.map((mask) => [mask.id, mask]));
  const groupsAfter = new Map(known.map((group) => [group.id, group]));
  const examples = [
    ...logged.maskRollouts.flatMap((mask) => {
      const is = masksAfter.get(mask.id);
      return changedTo(mask.id, 'mask', fateOfMask(mask), is === undefined ? 'gone' : fateOfMask(is));
    }),
    ...logged.predictions.flatMap((prediction) => {
      const is = answered.get(prediction.id);
      return is === undefined ? [] : changedTo(prediction.id, 'prediction', fateOfPrediction(prediction), fateOfPrediction(is));
    }),
    ...logged.groups.flatMap((group) => {
      const is = groupsAfter.get(group.id);
      const now = is === undefined ? (unknown.has(group.id) ? 'unknown' : 'gone') : fate(is);
      const fates = changedTo(group.id, 'group', fate(group), now);
      return fates.length > 0 || is === undefined ? fates : changedTo(group.id, 'advantages', shown(group.advantages), shown(is.advantages));
    }),
  ];
  const ofRole = (role: Role): RoleChanges => roleChanges(logged.groups.filter((g) => g.role === role), known.filter((g) => g.role === role), [...unknown.values()].filter((r) => r === role).length);
  return {
    step,
    masks: { before: tally(logged.maskRollouts.map(fateOfMask)), after: tally(after.masks.map(fateOfMask)) },
    predictions: {
      before: tally(logged.predictions.filter(({ id }) => answered.has(id)).map(fateOfPrediction)),
      after: tally(after.predictions.map(fateOfPrediction)),
    },
    roles: { mask: ofRole('mask'), predict: ofRole('predict') },
    update,
    examples: examples.slice(0, mostExamples),
  };
}

/** Groups that hang on a question nobody was asked, with their role: those of the questions, and the generation group of their paragraph; where a second try was due (`masks.atLeast`) and is not there, that group, and those that the log has of such tries. */
function unknownGroups(messages: readonly ScoredGroups[], logged: readonly ScoredGroup[], config: StepAfter['config']): Map<string, Role> {
  const unknown = new Map<string, Role>();
  for (const message of messages) {
    const unasked = unaskedPassages(message);
    for (const { maskIndex } of unasked) unknown.set(predictionGroupId(message.paragraph.id, maskIndex), 'predict');
    const lacking = lacksSecondTry(message, config);
    if (unasked.length > 0 || lacking) for (const group of message.groups) if (group.role === 'mask') unknown.set(group.id, 'mask');
    if (!lacking) continue;
    for (const { id, role, paragraphId, maskIndex } of logged) if (paragraphId === message.paragraph.id && (maskIndex ?? 0) >= message.maskRollouts.length) unknown.set(id, role);
  }
  return unknown;
}

function lacksSecondTry({ maskRollouts, passages }: ScoredGroups, { masks, rollouts }: StepAfter['config']): boolean {
  return maskRollouts.length > 0 && passages.length < masks.atLeast && maskRollouts.length <= rollouts.masksPerParagraph;
}

function roleChanges(before: readonly ScoredGroup[], after: readonly ScoredGroup[], unknown: number): RoleChanges {
  const was = new Map(before.flatMap((group) => group.rolloutIds.map((id, i) => [id, { reward: group.rewards[i], advantage: group.advantages[i] }])));
  const is = after.flatMap((group) => group.rolloutIds.map((id, i) => ({ id, reward: group.rewards[i], advantage: group.advantages[i] })));
  const sum = (groups: readonly ScoredGroup[]): number => groups.reduce((all, { rewards }) => all + rewards.reduce((own, reward) => own + reward, 0), 0);
  const size = (groups: readonly ScoredGroup[]): number => groups.reduce((all, { rewards }) => all + rewards.length, 0);
  const fates = (groups: readonly ScoredGroup[]): string[] => groups.map((group) => group.dropReason ?? 'kept');
  return {
    groups: { before: tally(fates(before)), after: tally([...fates(after), ...Array<string>(unknown).fill('unknown')]) },
    rewardSum: { before: sum(before), after: sum(after) },
    rewarded: { before: size(before), after: size(after) },
    rewardsChanged: is.filter(({ id, reward }) => was.get(id)?.reward !== reward).length,
    advantagesChanged: is.filter(({ id, advantage }) => was.get(id)?.advantage !== advantage).length,
  };
}

function fateOfMask({ rejection }: { readonly rejection: string | null }): string {
  return rejection ?? 'usable';
}

function fateOfPrediction({ correct, rejection }: { readonly correct: boolean; readonly rejection: string | null }): string {
  return rejection ?? (correct ? 'right' : 'wrong');
}

function changedTo(id: string, what: Example['what'], before: string, after: string): Example[] {
  return before === after ? [] : [{ id, what, before, after }];
}

const shown = (advantages: readonly number[]): string => advantages.map((advantage) => advantage.toFixed(3)).join(' ');

function tally(values: readonly string[]): Counts {
  const counts: Record<string, number> = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}
