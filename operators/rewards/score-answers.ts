/** Rewards of post-training (RLVR): 1 where the verifier took the answer, else 0. In: questions with answers. Out: the same with a scored group each; the rule's name says which verifier it was. As `scoreGroups` otherwise. */
import type { OperatorFunction } from 'rxjs';
import type { PredictionGroups, ScoredGroups } from '../../schemas/records/edges.ts';
import type { RolloutDeps } from '../rollouts/rollout-deps.ts';
import { scoreGroups } from './score-groups.ts';
import { scoringRules } from './scoring-rules.ts';

export function scoreAnswers(deps: Pick<RolloutDeps, 'config' | 'deadLetters'>): OperatorFunction<PredictionGroups, ScoredGroups> {
  return scoreGroups(deps, { ...scoringRules(deps.config), predictionRewardVersion: `verified-${deps.config.verifier.kind}@1` });
}
