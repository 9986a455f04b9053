/**
 * The phases before the report's runs: gauge, then tuning. In: an experiment, and how runs are done. Out: the plan of every variant, and what was tried. A budget in tokens becomes steps twice: tuning runs go by the
 * tokens of a step that the gauge run took, the report's by those of the whole tuning runs at the chosen rate. Can go wrong: as `runGrid`.
 */
import type { LoadedExperiment } from '../../infra/config/load-experiment.ts';
import { chooseRate, triedRate, type TriedRate } from '../../operators/analysis/choose-rate.ts';
import { measure } from '../../operators/analysis/measure.ts';
import { runCost } from '../../operators/analysis/run-cost.ts';
import type { RunRecord } from '../../operators/analysis/run-record.ts';
import type { EmitGridEvent } from './grid-events.ts';
import { gaugeRuns, tuningRuns, type VariantPlan } from './grid-plan.ts';
import type { GridPhase, GridRun } from './grid-run.ts';
import type { GridRunEnd } from './run-grid.ts';

export interface TuneDeps {
  readonly doRuns: (phase: GridPhase, runs: readonly GridRun[]) => Promise<readonly GridRunEnd[]>;
  /** Of the runs that are done. */
  readonly read: (ends: readonly GridRunEnd[]) => Promise<readonly RunRecord[]>;
  readonly emit: EmitGridEvent;
}

export interface Tuned {
  /** Null where runs are still open. */
  readonly plan: VariantPlan | null;
  readonly tried: ReadonlyMap<string, readonly TriedRate[]>;
}

export async function tune({ experiment }: LoadedExperiment, deps: TuneDeps): Promise<Tuned> {
  const { budget, variants } = experiment;
  const names = Object.keys(variants);
  const gauged = 'steps' in budget ? new Map(names.map((name) => [name, budget.steps])) : await gauge(experiment, budget.tokens, deps);
  if (gauged === null) return { plan: null, tried: new Map() };
  const runs = tuningRuns(experiment, gauged).filter(({ variant }) => gauged.has(variant));
  const ends = runs.length === 0 ? [] : await deps.doRuns('tuning', runs);
  const records = await deps.read(ends);
  const tried = new Map(names.map((name) => [name, triedRates(ends.filter(({ run }) => run.variant === name), records, experiment.measure)]));
  if (ends.some(({ ending }) => ending === 'open')) return { plan: null, tried };
  const plan = new Map<string, { steps: number; learningRate: number | null }>();
  for (const name of names) {
    const own = planOf(name, tried.get(name) ?? []);
    if (own === null) deps.emit({ type: 'rate-missing', variant: name, message: 'a run failed at every learning rate, or nothing was measured: the variant has no runs in the report' });
    else plan.set(name, own);
  }
  return { plan, tried };

  function planOf(name: string, rates: readonly TriedRate[]): { steps: number; learningRate: number | null } | null {
    const gaugedSteps = gauged?.get(name);
    if (gaugedSteps === undefined) return null;
    const { learningRates = [] } = variants[name]!;
    if (rates.length === 0) return { steps: gaugedSteps, learningRate: learningRates[0] ?? null };
    const chosen = rates.length === 1 ? rates[0]!.learningRate : chooseRate(rates);
    const own = records.filter((record) => record.variant === name && record.learningRate === chosen);
    if (chosen === null || own.length === 0) return null;
    const tokensPerStep = meanTokensPerStep(own);
    const steps = 'steps' in budget ? budget.steps : stepsFor(budget.tokens, tokensPerStep);
    const learningRate = learningRates.length === 0 ? null : chosen;
    deps.emit({ type: 'planned', variant: name, phase: 'tuning', steps, learningRate, tokensPerStep });
    return { steps, learningRate };
  }
}

/** Steps of the tuning runs by variant; variants whose gauge run failed are left out. */
async function gauge(experiment: LoadedExperiment['experiment'], tokens: number, { doRuns, read, emit }: TuneDeps): Promise<ReadonlyMap<string, number> | null> {
  const ends = await doRuns('gauge', gaugeRuns(experiment));
  if (ends.some(({ ending }) => ending === 'open')) return null;
  const records = await read(ends);
  return new Map(
    records.map((record) => {
      const tokensPerStep = meanTokensPerStep([record]);
      const steps = stepsFor(tokens, tokensPerStep);
      emit({ type: 'planned', variant: record.variant, phase: 'gauge', steps, learningRate: null, tokensPerStep });
      return [record.variant, steps] as const;
    }),
  );
}

function stepsFor(tokens: number, tokensPerStep: number): number {
  return Math.max(1, Math.round(tokens / Math.max(1, tokensPerStep)));
}

function meanTokensPerStep(records: readonly RunRecord[]): number {
  const steps = records.flatMap((record) => record.steps);
  return runCost(steps).tokens / Math.max(1, steps.length);
}

function triedRates(ends: readonly GridRunEnd[], records: readonly RunRecord[], classes: readonly string[] | null): TriedRate[] {
  const rateOf = ({ run }: GridRunEnd): number | null => run.learningRate ?? records.find((record) => record.variant === run.variant)?.learningRate ?? null;
  const rates = [...new Set(ends.map(rateOf))].filter((rate) => rate !== null);
  return rates.map((rate) =>
    triedRate(
      rate,
      ends.filter((end) => rateOf(end) === rate).map(({ run: { variant, seed } }) => {
        const last = records.find((record) => record.variant === variant && record.seed === seed && record.learningRate === rate)?.evaluations.at(-1);
        return { seed, value: last === undefined ? null : measure(last.summary, classes) };
      }),
    ),
  );
}
