/** What tests/fixtures/make-golden-objectives.py wrote: advantages by verl, losses by TRL. */
import { readFileSync } from 'node:fs';
import type { Config } from '../../../schemas/config/config.ts';
import { fixturePath } from '../../fixtures/fixture-path.ts';

/** Of each weight's gradient g the norm and sum_i g_i sin(i + 1). */
export type GradientDigest = Readonly<Record<string, { readonly norm: number; readonly projection: number }>>;

export interface GoldenObjectives {
  /** By group. */
  readonly rewards: readonly (readonly number[])[];
  /** Response tokens of each. */
  readonly lengths: readonly (readonly number[])[];
  readonly advantages: Readonly<Record<Config['grpo']['formulation'], readonly (readonly number[])[]>>;
  readonly tokenLimit: number;
  readonly losses: {
    readonly 'dr-grpo': { readonly loss: number; readonly gradients: GradientDigest };
    /** On-policy: `logprobs` of each response's tokens are those of the model itself. */
    readonly rloo: { readonly gradients: GradientDigest; readonly logprobs: readonly (readonly number[])[] };
  };
}

export const goldenObjectives = JSON.parse(readFileSync(fixturePath('objectives.json'), 'utf8')) as GoldenObjectives;
