import type { RolloutDeps } from '../rollouts/rollout-deps.ts';

/** What the evaluations are given. */
export type EvaluationDeps = Pick<RolloutDeps, 'engine' | 'tokenizer' | 'template' | 'config' | 'progress'>;
