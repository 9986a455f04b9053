/** How a run ended. In: the last step, and whether the sink took it for the last. Out: whether all steps were done, or why not. Can go wrong: CORPUS_EXHAUSTED where no step was. */
import type { Config } from '../schemas/config/config.ts';
import { PretrainZeroError } from '../schemas/pretrain-zero-error.ts';
import type { OutcomeKind } from './run-events.ts';

interface LastStep {
  readonly step: number;
  /** No step could follow: the run's last, or the corpus's. */
  readonly last: boolean;
}

export function outcomeOf({ step, last }: LastStep, { config, signal }: { readonly config: Config; readonly signal: AbortSignal }): OutcomeKind {
  if (step === config.run.steps) return 'completed';
  if (signal.aborted && !last) return 'interrupted';
  if (step > 0) return 'corpus-exhausted';
  throw new PretrainZeroError('CORPUS_EXHAUSTED', `the corpus holds fewer than the ${config.rollouts.paragraphsPerStep} paragraphs of one step`);
}
