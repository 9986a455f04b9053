/**
 * Between the halves of the gradient sink: what no paragraph decides alone. In: step batches, in order. Out: the same, scored as steps (`rewards/score-step.ts`). Can go wrong: what
 * reading the steps before throws.
 *
 * The sink is one process wherever the stages run, and has every step whole and in order: so the memory of earlier spans is here, and neither workers nor their number touch
 * it. It holds no more than the log of the last steps says, and a run that goes on reads it there.
 */
import { concatMap, identity, type MonoTypeOperatorFunction } from 'rxjs';
import { openStepScorer, type StepScorerOptions } from '../rewards/step-scorer.ts';
import { needsStep, type ScoringRules } from '../rewards/scoring-rules.ts';
import type { StepBatch } from './batch-steps.ts';

export interface ScoreStepsDeps extends Omit<StepScorerOptions, 'rules'> {
  /** Null: nothing is scored. */
  readonly rules: ScoringRules | null;
}

export function scoreSteps({ rules, ...options }: ScoreStepsDeps): MonoTypeOperatorFunction<StepBatch> {
  if (rules === null || !needsStep(rules)) return identity;
  const scorer = openStepScorer({ rules, ...options });
  return concatMap(async (batch) => ({ ...batch, rescored: true, paragraphs: await scorer.score(batch.step, batch.paragraphs) }));
}
