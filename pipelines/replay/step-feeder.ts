/**
 * Feeds steps to the second half of the gradient sink one at a time: the next goes in when the one before is committed, so that no more than one waits. In: its dependencies. Out: a
 * function from a batch to its committed step. Can go wrong: what `gradientSteps` throws, which ends it.
 */
import { Subject } from 'rxjs';
import type { StepBatch } from '../../operators/training/batch-steps.ts';
import { gradientSteps, type CommittedStep, type GradientStepsDeps } from '../../operators/training/gradient-steps.ts';

export type FeedStep = (batch: StepBatch) => Promise<CommittedStep>;

interface Settle {
  resolve(step: CommittedStep): void;
  reject(error: unknown): void;
}

export function feedSteps(deps: GradientStepsDeps): FeedStep {
  const batches = new Subject<StepBatch>();
  let settle: Settle | null = null;
  batches.pipe(gradientSteps(deps)).subscribe({ next: (step) => settle?.resolve(step), error: (error: unknown) => settle?.reject(error) });
  return (batch) =>
    new Promise((resolve, reject) => {
      settle = { resolve, reject };
      batches.next(batch);
    });
}
