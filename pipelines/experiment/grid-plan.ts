/** Which runs an experiment takes. In: the experiment, and what is known so far. Out: runs, in an order in which variants take turns, so that a grid cut short has something of each. Pure. */
import type { Experiment } from '../../schemas/experiment/experiment.ts';
import { gaugeSteps, type GridRun } from './grid-run.ts';

/** Of each variant: steps of its runs, and its rate (null: the config's). */
export type VariantPlan = ReadonlyMap<string, { readonly steps: number; readonly learningRate: number | null }>;

export function gaugeRuns({ budget, variants, tuningSeeds }: Experiment): GridRun[] {
  if ('steps' in budget) return [];
  return Object.entries(variants).map(([variant, { learningRates }]) => ({ phase: 'gauge', variant, seed: tuningSeeds[0]!, learningRate: learningRates?.[0] ?? null, steps: gaugeSteps }));
}

/** A variant with one rate is tuned only where its tokens must be measured. @param steps by variant */
export function tuningRuns({ budget, variants, tuningSeeds }: Experiment, steps: ReadonlyMap<string, number>): GridRun[] {
  const perVariant = Object.entries(variants).map(([variant, { learningRates = [] }]): GridRun[] => {
    const rates = learningRates.length === 0 ? [null] : learningRates;
    if ('steps' in budget && rates.length === 1) return [];
    return rates.flatMap((learningRate) => tuningSeeds.map((seed) => ({ phase: 'tuning' as const, variant, seed, learningRate, steps: steps.get(variant) ?? 0 })));
  });
  return inTurns(perVariant);
}

/** Variants without a plan, of which no rate held, are left out. */
export function reportRuns({ variants, seeds }: Experiment, plan: VariantPlan): GridRun[] {
  return seeds.flatMap((seed) =>
    Object.keys(variants).flatMap((variant) => {
      const own = plan.get(variant);
      return own === undefined ? [] : [{ phase: 'report' as const, variant, seed, ...own }];
    }),
  );
}

/** Tuning and report runs of each variant, and the steps of one; null where they are still to be measured. */
export function expectedRuns(experiment: Experiment): { readonly name: string; readonly runs: number; readonly steps: number | null }[] {
  const { budget, seeds, variants } = experiment;
  const tuning = tuningRuns(experiment, new Map());
  return Object.keys(variants).map((name) => ({ name, runs: seeds.length + tuning.filter(({ variant }) => variant === name).length, steps: 'steps' in budget ? budget.steps : null }));
}

function inTurns<T>(lists: readonly (readonly T[])[]): T[] {
  const longest = Math.max(0, ...lists.map((list) => list.length));
  return Array.from({ length: longest }, (_, i) => lists.flatMap((list) => list.slice(i, i + 1))).flat();
}
