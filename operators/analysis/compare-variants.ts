/**
 * What a grid came to. In: the experiment's terms, the records of the runs that ended, and what tuning tried. Out: the report's figures: plain data, a function of these alone. Pure; variants of which no run
 * ended stand in it with empty figures.
 */
import { chooseRate, type TriedRate } from './choose-rate.ts';
import { curveOf, type BandPoint } from './curve.ts';
import { estimate, type Estimate } from './estimate.ts';
import { heldOutFigures } from './held-out-figures.ts';
import { measure } from './measure.ts';
import { pairedDifference, type PairedDifference } from './paired-difference.ts';
import { commonTexts, pickFigures, type CommonText, type PickUnit } from './pick-figures.ts';
import { addTallies, type PickTally } from './pick-tally.ts';
import { curveNames, runCurves, type CurveName } from './run-curves.ts';
import { runCost, type RunCost } from './run-cost.ts';
import type { RunRecord } from './run-record.ts';

export interface ComparedVariant {
  readonly name: string;
  readonly note: string | null;
}

export interface ComparisonTerms {
  readonly variants: readonly ComparedVariant[];
  readonly reference: string;
  readonly seeds: readonly number[];
  /** Classes that the measure is the mean of; null: all answers. */
  readonly measure: readonly string[] | null;
  /** By variant, what tuning tried; empty where nothing was to choose. */
  readonly tuning: ReadonlyMap<string, readonly TriedRate[]>;
}

/** A figure of a variant over its seeds. */
export interface NamedEstimate {
  readonly name: string;
  readonly unit: string;
  readonly before: Estimate | null;
  readonly after: Estimate;
}

export interface PickReport {
  /** Figures over the whole run; and by quarter, in order. */
  readonly figures: readonly { readonly name: string; readonly unit: PickUnit; readonly whole: Estimate; readonly quarters: readonly (Estimate | null)[] }[];
  /** Of the last quarter, all seeds together. */
  readonly common: readonly CommonText[];
}

export interface VariantReport extends ComparedVariant {
  /** Seeds whose run ended. */
  readonly seeds: readonly number[];
  readonly learningRate: number | null;
  readonly tuning: readonly TriedRate[];
  readonly steps: number | null;
  /** The measure at the end, by seed; and over them before and after. */
  readonly bySeed: readonly { readonly seed: number; readonly before: number | null; readonly after: number | null; readonly cost: RunCost }[];
  readonly before: Estimate | null;
  readonly after: Estimate | null;
  /** Against the reference; null for the reference itself. */
  readonly difference: PairedDifference | null;
  readonly heldOut: readonly NamedEstimate[];
  readonly cost: Readonly<Record<keyof RunCost, Estimate | null>>;
  readonly curves: Readonly<Record<CurveName, readonly BandPoint[]>>;
  readonly picks: PickReport | null;
}

export interface Comparison {
  readonly reference: string;
  readonly variants: readonly VariantReport[];
  readonly backends: readonly string[];
}

const commonest = 6;

export function compareVariants(terms: ComparisonTerms, runs: readonly RunRecord[]): Comparison {
  const of = (name: string): RunRecord[] => runs.filter(({ variant }) => variant === name).sort((a, b) => terms.seeds.indexOf(a.seed) - terms.seeds.indexOf(b.seed));
  const classes = [...new Set(runs.flatMap(({ picks }) => picks.flatMap((tally) => [...(tally.classes?.keys() ?? [])])))].sort();
  const reference = finalMeasures(of(terms.reference), terms.measure);
  return {
    reference: terms.reference,
    variants: terms.variants.map((variant) => reportVariant(variant, of(variant.name), terms, reference, classes)),
    backends: [...new Set(runs.map(({ backend }) => backend))].sort(),
  };
}

function reportVariant(variant: ComparedVariant, runs: readonly RunRecord[], terms: ComparisonTerms, reference: ReadonlyMap<number, number>, classes: readonly string[]): VariantReport {
  const tuning = terms.tuning.get(variant.name) ?? [];
  const measured = (at: 0 | -1) => (run: RunRecord): number | null => valueAt(run, at, terms.measure);
  const curves = runs.map((run) => runCurves(run, terms.measure));
  const costs = runs.map(({ steps }) => runCost(steps));
  return {
    ...variant,
    seeds: runs.map(({ seed }) => seed),
    learningRate: runs[0]?.learningRate ?? chooseRate(tuning),
    tuning,
    steps: runs[0]?.steps.length ?? null,
    bySeed: runs.map((run, i) => ({ seed: run.seed, before: measured(0)(run), after: measured(-1)(run), cost: costs[i]! })),
    before: estimateKnown(runs.map(measured(0))),
    after: estimateKnown(runs.map(measured(-1))),
    difference: variant.name === terms.reference ? null : pairedDifference(finalMeasures(runs, terms.measure), reference),
    heldOut: heldOutEstimates(runs),
    cost: costEstimates(costs),
    curves: Object.fromEntries(curveNames.map((name) => [name, curveOf(curves.map((each) => each[name]))])) as unknown as VariantReport['curves'],
    picks: pickReport(runs, classes),
  };
}

function finalMeasures(runs: readonly RunRecord[], classes: readonly string[] | null): Map<number, number> {
  return new Map(runs.flatMap((run) => {
    const value = valueAt(run, -1, classes);
    return value === null ? [] : [[run.seed, value] as const];
  }));
}

function valueAt({ evaluations }: RunRecord, at: 0 | -1, classes: readonly string[] | null): number | null {
  const evaluation = evaluations.at(at);
  return evaluation === undefined ? null : measure(evaluation.summary, classes);
}

function estimateKnown(values: readonly (number | null)[]): Estimate | null {
  return estimate(values.filter((value) => value !== null));
}

function heldOutEstimates(runs: readonly RunRecord[]): NamedEstimate[] {
  const at = (place: 0 | -1) => runs.flatMap(({ evaluations }) => evaluations.at(place) ?? []).map(({ summary }) => heldOutFigures(summary));
  const [before, after] = [at(0), at(-1)];
  const valuesOf = (all: typeof after, name: string): number[] => all.flatMap((figures) => figures.find((figure) => figure.name === name)?.value ?? []);
  const names = new Map(after.flatMap((figures) => figures.map(({ name, unit }) => [name, unit] as const)));
  return [...names].map(([name, unit]) => ({ name, unit, before: estimate(valuesOf(before, name)), after: estimate(valuesOf(after, name))! }));
}

function costEstimates(costs: readonly RunCost[]): VariantReport['cost'] {
  const keys = ['promptTokens', 'responseTokens', 'trainedTokens', 'tokens', 'seconds', 'groups', 'usefulGroups', 'usefulGroupsPerMillionTokens'] as const satisfies readonly (keyof RunCost)[];
  return Object.fromEntries(keys.map((key) => [key, estimateKnown(costs.map((cost) => cost[key]))])) as unknown as VariantReport['cost'];
}

function pickReport(runs: readonly RunRecord[], classes: readonly string[]): PickReport | null {
  const picked = runs.map(({ picks }) => picks);
  if (picked.every((quarters) => quarters.every(({ picks }) => picks === 0))) return null;
  const figuresOf = (tallies: readonly PickTally[]) => tallies.map((tally) => pickFigures(tally, classes));
  const valuesOf = (all: ReturnType<typeof figuresOf>, name: string): number[] => all.flatMap((figures) => figures.find((figure) => figure.name === name)?.value ?? []);
  const whole = figuresOf(picked.map(addTallies));
  const quarters = [0, 1, 2, 3].map((quarter) => figuresOf(picked.flatMap((tallies) => tallies[quarter] ?? [])));
  const names = new Map(whole.flatMap((figures) => figures.map(({ name, unit }) => [name, unit] as const)));
  const last = addTallies(picked.flatMap((tallies) => tallies.at(-1) ?? []));
  return {
    figures: [...names].map(([name, unit]) => ({ name, unit, whole: estimate(valuesOf(whole, name))!, quarters: quarters.map((figures) => estimate(valuesOf(figures, name))) })),
    common: last.picks === 0 ? [] : commonTexts(last, commonest),
  };
}
