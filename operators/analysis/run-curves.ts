/** The curves of one run. In: its record. Out: points by name: held-out figures at each evaluation, training figures over tenths of the run; x is tokens computed so far. Pure. */
import type { CurvePoint } from './curve.ts';
import { measure } from './measure.ts';
import { runCost } from './run-cost.ts';
import type { RunRecord, StepRecord } from './run-record.ts';

export const curveNames = ['measure', 'usable masks', 'noise among masks', 'entropy', 'prediction reward', 'useful groups', 'response length'] as const;
export type CurveName = (typeof curveNames)[number];

const windows = 10;

export function runCurves(run: RunRecord, classes: readonly string[] | null): Readonly<Record<CurveName, readonly CurvePoint[]>> {
  const tokensAfter = (step: number): number => runCost(run.steps.slice(0, step)).tokens;
  const evaluated = (of: (evaluation: RunRecord['evaluations'][number]) => number | null): CurvePoint[] => run.evaluations.map((each) => ({ x: tokensAfter(each.step), y: of(each) }));
  const trained = (of: (steps: readonly StepRecord[]) => number | null): CurvePoint[] => windowsOf(run.steps).map((steps) => ({ x: tokensAfter(steps.at(-1)!.report.step), y: of(steps) }));
  return {
    measure: evaluated(({ summary }) => measure(summary, classes)),
    'usable masks': evaluated(({ summary }) => summary.maskProbe?.usableShare ?? null),
    'noise among masks': evaluated(({ summary: { maskProbe } }) => (maskProbe === null ? null : (maskProbe.byClass.find(({ spanClass }) => spanClass === 'noise')?.share ?? 0))),
    entropy: trained((steps) => mean(steps.map(({ report }) => (report.responseTokens === 0 ? null : report.entropyMean)))),
    'prediction reward': trained((steps) => mean(steps.map(({ report }) => report.predictionRewardMean))),
    'useful groups': trained((steps) => share(steps)),
    'response length': trained((steps) => mean(steps.map(({ report }) => report.predictionResponseTokensMean))),
  };
}

/** At most ten stretches of equal length, in order. */
function windowsOf(steps: readonly StepRecord[]): StepRecord[][] {
  const count = Math.min(windows, steps.length);
  return Array.from({ length: count }, (_, i) => steps.slice(Math.floor((i * steps.length) / count), Math.floor(((i + 1) * steps.length) / count)));
}

function share(steps: readonly StepRecord[]): number | null {
  const { groups, usefulGroups } = runCost(steps);
  return groups === 0 ? null : usefulGroups / groups;
}

function mean(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
}
