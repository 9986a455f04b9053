/** What `scoreGroups` pays and which groups it drops, as a value: another one asks what other rewards or another filter would have done. Pure. */
import type { DropReason } from '../../schemas/records/scored-group.ts';
import { generationReward, generationRewardVersion } from './generation-reward.ts';
import { generationDropReason, predictionDropReason, type Outcome } from './group-filter.ts';
import { predictionReward, predictionRewardVersion } from './prediction-reward.ts';

export interface ScoringRules {
  /** @param solved right predictions of the mask; null where it was unusable @param attempts predictions made of it @returns in [0, 1] */
  readonly generationReward: (solved: number | null, attempts: number) => number;
  /** Name and version, which stand in every generation group. */
  readonly generationRewardVersion: string;
  /** @returns in [0, 1] */
  readonly predictionReward: (correct: boolean) => number;
  readonly predictionRewardVersion: string;
  /** Why a group is dropped, or null. A group whose rewards are all alike must be: it has no advantages. */
  readonly generationDropReason: (outcomes: readonly Outcome[]) => DropReason | null;
  readonly predictionDropReason: (outcomes: readonly Outcome[]) => DropReason | null;
}

/** Eq. 8, eq. 9 and DAPO's filter. */
export const paperRules: ScoringRules = {
  generationReward,
  generationRewardVersion,
  predictionReward,
  predictionRewardVersion,
  generationDropReason,
  predictionDropReason,
};
