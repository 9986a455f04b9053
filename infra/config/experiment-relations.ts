/** What must hold between the keys of an experiment. In: one whose keys are each valid. Out: what is broken, with the keys concerned. Pure. */
import type { Experiment } from '../../schemas/experiment/experiment.ts';
import type { BrokenRelation } from './check-values.ts';
import { nearest } from './nearest.ts';

export function brokenExperimentRelations({ budget, reference, seeds, set, tuningSeeds, variants }: Experiment): BrokenRelation[] {
  const names = Object.keys(variants);
  const twice = [...seeds, ...tuningSeeds].find((seed, i, all) => all.indexOf(seed) !== i);
  const tuned = 'tokens' in budget || Object.values(variants).some(({ learningRates = [] }) => learningRates.length > 1);
  return [
    ...(names.length > 0 ? [] : [{ keys: ['variants'], what: 'variants is empty: there is nothing to compare' }]),
    ...(names.length === 0 || names.includes(reference) ? [] : [{ keys: ['reference'], what: `reference is "${reference}", and there is no such variant; did you mean "${nearest(reference, names)}"?` }]),
    ...(twice === undefined ? [] : [{ keys: ['seeds', 'tuningSeeds'], what: `the seed ${twice} comes twice in seeds and tuningSeeds: each run needs its own, and the report must not use a seed that rates were chosen on` }]),
    ...(tuned && tuningSeeds.length === 0 ? [{ keys: ['tuningSeeds'], what: `tuningSeeds is empty: ${'tokens' in budget ? 'a budget in tokens is measured' : 'learning rates are chosen'} on seeds that the report does not use` }] : []),
    ...(!tuned && tuningSeeds.length > 0 ? [{ keys: ['tuningSeeds'], what: 'tuningSeeds are of no use: no variant has several learningRates, and the budget is in steps' }] : []),
    ...ownedKeys(set, 'set', false),
    ...Object.entries(variants).flatMap(([name, variant]) => ownedKeys(variant.set, `variants.${name}.set`, variant.learningRates !== undefined)),
  ];
}

/** Keys that the grid itself sets. */
const owned: readonly (readonly [key: string, why: string])[] = [
  ['run.name', 'the grid names its runs'],
  ['run.seed', 'seeds stand in `seeds`'],
  ['run.steps', 'the budget decides the steps'],
  ['evaluation.every', '`evaluations` decides how often'],
];

function ownedKeys(set: Readonly<Record<string, unknown>> | undefined, at: string, hasRates: boolean): BrokenRelation[] {
  const keys = hasRates ? [...owned, ['optimiser.learningRate', 'the rates stand in `learningRates`'] as const] : owned;
  return keys.filter(([key]) => isGiven(set, key)).map(([key, why]) => ({ keys: [`${at}.${key}`], what: `${at}.${key} is not for a variant to say: ${why}` }));
}

function isGiven(set: Readonly<Record<string, unknown>> | undefined, key: string): boolean {
  return key.split('.').reduce<unknown>((value, name) => (typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined), set) !== undefined;
}
