/**
 * What the failure signs remember from step to step. In: the state so far, and what a step made. Out: the state after it, and the step's signs. Pure, so that a state is rebuilt from the
 * log by going through its steps once more (`rebuild-health.ts`).
 */
import type { EvaluationRow } from '../../schemas/records/evaluation-row.ts';
import type { StepReport } from '../../schemas/records/step-report.ts';
import { barrenRollouts, countRollouts, type RolloutCounts } from './barren-rollouts.ts';
import { gameInstability, type GamePoint } from './game-instability.ts';
import { heldOutOf, objectiveHarm, type HeldOut } from './objective-harm.ts';
import { pickImbalance, stepPicks, type Pick as PickedText, type StepPicks } from './pick-imbalance.ts';

/** A step, as far as the signs go by it: fields of its report, and its passages. */
export interface StepSeen extends Pick<StepReport, 'step' | 'predictionRewardMean' | 'predictionRewardError' | 'maskRewardMean' | 'ledger'> {
  readonly passages: readonly PickedText[];
}

interface RememberedStep {
  readonly step: number;
  readonly game: GamePoint | null;
  readonly maskReward: number | null;
  readonly predictionReward: number | null;
  readonly picks: StepPicks;
  readonly rollouts: RolloutCounts;
}

export interface HealthState {
  /** The last `window` steps, oldest first. */
  readonly steps: readonly RememberedStep[];
  /** Held-out answers: the first of the best, and the newest; null before the first. */
  readonly best: HeldOut | null;
  readonly latest: HeldOut | null;
}

/** The signs as they stand in the step's report. */
export type SignFigures = Pick<StepReport, 'instability' | 'harm' | 'imbalance' | 'barren' | 'heldOutStep' | 'bestHeldOutStep'>;

export const unseen: HealthState = { steps: [], best: null, latest: null };

/** @param rows of one evaluation, after the step or of the base model */
export function withEvaluation(state: HealthState, rows: readonly EvaluationRow[]): HealthState {
  const latest = heldOutOf(rows);
  if (latest === null) return state;
  const best = state.best === null || latest.accuracy > state.best.accuracy ? latest : state.best;
  return { ...state, best, latest };
}

/** @param window steps that are remembered */
export function withStep(state: HealthState, seen: StepSeen, window: number): HealthState {
  const { step, predictionRewardMean: mean, predictionRewardError: error, maskRewardMean: maskReward, passages, ledger } = seen;
  const game = mean === null || error === null ? null : { step, mean, error };
  return { ...state, steps: [...state.steps, { step, game, maskReward, predictionReward: mean, picks: stepPicks(passages), rollouts: countRollouts(ledger) }].slice(-window) };
}

/** Signs of a window are null until it is full; `harm` is null where nothing was held out. */
export function signsOf({ steps, best, latest }: HealthState, window: number): SignFigures {
  const full = steps.length >= window;
  return {
    instability: full ? gameInstability(gamePoints({ steps })) : null,
    harm: best === null || latest === null ? null : objectiveHarm(best, latest),
    imbalance: full ? (pickImbalance(steps.map(({ picks }) => picks))?.share ?? null) : null,
    barren: full ? barrenRollouts(steps.map(({ rollouts }) => rollouts)) : null,
    heldOutStep: latest?.step ?? null,
    bestHeldOutStep: best?.step ?? null,
  };
}

export function gamePoints({ steps }: Pick<HealthState, 'steps'>): GamePoint[] {
  return steps.flatMap(({ game }) => (game === null ? [] : [game]));
}
