import type { PolicyWeights } from './policy-weights.ts';
import type { RopeTable } from './rope-table.ts';

/** What a pass over the model needs. */
export interface PolicyModel {
  readonly weights: PolicyWeights;
  /** By layer. */
  readonly ropes: readonly RopeTable[];
}
