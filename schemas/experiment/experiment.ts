import { z } from 'zod';

const positive = z.int().min(1);
const seed = z.int().min(0).max(2 ** 32 - 1);
const settings = z.record(z.string(), z.unknown());

const budget = z
  .union([z.strictObject({ steps: positive.describe('Optimiser steps of every run.') }), z.strictObject({ tokens: positive.describe('Tokens of every run.') })])
  .describe('How much each run may spend: `steps: N`, the same optimiser steps for all; or `tokens: N`, the steps in which a variant, by its tuning runs, computes about N tokens.');

const variant = z.strictObject({
  note: z.string().min(1).optional().describe('What it is, in a line of the report.'),
  set: settings.optional().describe('What it changes: sections and keys as in a config.'),
  learningRates: z.array(z.number().positive()).min(1).optional().describe('Rates tried on the tuning seeds; the best is taken. Without it, the rate of the config.'),
});

/** A grid of configs x seeds, and what is asked of it. */
export const experimentSchema = z.strictObject({
  name: z.string().regex(/^[\w.-]+$/).describe('Name of the experiment; its folder is experiments/NAME unless --out says otherwise.'),
  question: z.string().min(1).describe('What it is to answer; the head of the report.'),
  base: z.string().min(1).describe('The config that all variants share: a bundled name, or a path relative to this file.'),
  set: settings.optional().describe('What all variants change in it: sections and keys as in a config.'),
  budget,
  evaluations: positive.describe('Held-out evaluations of a run after the first, evenly spread: points of its curve.'),
  measure: z.array(z.string().min(1)).min(1).nullable().describe('Classes of held-out spans whose mean accuracy is compared, and by which rates are chosen; null: the accuracy over all spans.'),
  seeds: z.array(seed).min(1).describe('Seeds of the runs that the report compares.'),
  tuningSeeds: z.array(seed).describe('Seeds on which learning rates are chosen; none of them is among `seeds`.'),
  reference: z.string().min(1).describe('The variant that the others are held against, seed by seed.'),
  variants: z.record(z.string().regex(/^[\w-]+$/), variant).describe('The methods compared, by name, in the order of the report.'),
});

export type Experiment = z.infer<typeof experimentSchema>;
export type ExperimentVariant = z.infer<typeof variant>;
