/** In: the state of the signs after a step, the signs, and the thresholds. Out: the signs that have reached theirs, each with what was seen. Pure. */
import type { Config } from '../../schemas/config/config.ts';
import { barrenRollouts } from './barren-rollouts.ts';
import { gamePoints, type HealthState, type SignFigures } from './health-state.ts';
import { pickImbalance } from './pick-imbalance.ts';
import { signCodes, signs, type Alarm, type Sign } from './sign.ts';

export type Thresholds = Readonly<Record<Sign, number>>;

export function alarmsOf(step: number, state: HealthState, figures: SignFigures, thresholds: Thresholds): Alarm[] {
  return signs.flatMap((sign) => {
    const [value, threshold] = [figures[sign], thresholds[sign]];
    if (value === null || value < threshold) return [];
    const message = `step ${step}: ${seen[sign](state)} (${sign} ${round(value)}, alarms.${sign} ${threshold})`;
    return [{ sign, code: signCodes[sign], step, value, threshold, message }];
  });
}

/** Only the thresholds of the section. */
export function thresholdsOf({ instability, harm, imbalance, barren }: Config['alarms']): Thresholds {
  return { instability, harm, imbalance, barren };
}

const seen: Readonly<Record<Sign, (state: HealthState) => string>> = {
  instability: (state) => {
    const means = gamePoints(state).map(({ mean }) => mean);
    return `the share of right predictions swings between ${percent(Math.min(...means))} and ${percent(Math.max(...means))} within ${state.steps.length} steps`;
  },
  harm: ({ best, latest, steps }) =>
    `held-out accuracy has fallen from ${percent(best!.accuracy)} after step ${best!.step} to ${percent(latest!.accuracy)} after step ${latest!.step}${meanwhile(steps.map(({ maskReward }) => maskReward))}`,
  imbalance: ({ steps }) => {
    const { share, text } = pickImbalance(steps.map(({ picks }) => picks))!;
    return `"${text}" is ${percent(share)} of what was masked within ${steps.length} steps`;
  },
  barren: ({ steps }) => {
    const right = mean(steps.map(({ predictionReward }) => predictionReward));
    const asked = right === null ? 'no mask could be asked' : `of the predictions of a step ${percent(right)} were right on average`;
    return `${percent(barrenRollouts(steps.map(({ rollouts }) => rollouts))!)} of the rollouts of ${steps.length} steps took no part in an update; ${asked}`;
  },
};

/** Who gained while the main objective lost: the generator's reward over the later half of the window against the earlier. */
function meanwhile(rewards: readonly (number | null)[]): string {
  const half = Math.floor(rewards.length / 2);
  const [early, late] = [mean(rewards.slice(0, half)), mean(rewards.slice(half))];
  if (early === null || late === null) return '';
  const change = `the generator's reward ${late > early ? 'rose' : 'did not rise'} (${round(early)}, then ${round(late)})`;
  return late > early ? `, while ${change}: the mask task gains what the main objective loses` : `; ${change}: the whole policy is failing, not the main objective alone`;
}

function mean(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
}

const percent = (share: number): string => `${(100 * share).toFixed(1)}%`;
const round = (value: number): string => value.toFixed(3);
