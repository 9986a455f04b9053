/** What a report tells of its experiment beside the figures. */
import type { Comparison } from '../../operators/analysis/compare-variants.ts';
import type { Experiment } from '../../schemas/experiment/experiment.ts';

export interface ExperimentReport {
  readonly experiment: Pick<Experiment, 'name' | 'question' | 'budget' | 'measure' | 'seeds' | 'tuningSeeds' | 'reference' | 'base'>;
  readonly comparison: Comparison;
  /** Titles of runs that failed, and of those still to do. */
  readonly failed: readonly string[];
  readonly open: readonly string[];
}

/** The measure in words. */
export function measureText(measure: readonly string[] | null): string {
  if (measure === null) return 'held-out spans predicted right';
  return `held-out spans predicted right, ${measure.length === 1 ? `of class ${measure[0]!}` : `mean of the classes ${measure.join(' and ')}`}`;
}
