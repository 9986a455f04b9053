/** How a run ended. In: the last step, whether the sink took it for the last, the alarms of all steps. Out: whether all steps were done, or why not. Can go wrong: CORPUS_EXHAUSTED where no step was. */
import type { Alarm } from '../operators/health/sign.ts';
import type { CommittedStep } from '../operators/training/gradient-steps.ts';
import type { Config } from '../schemas/config/config.ts';
import { PretrainZeroError } from '../schemas/pretrain-zero-error.ts';
import type { OutcomeKind } from './run-events.ts';

export interface LastStep {
  readonly step: number;
  /** No step could follow: the run's last, or the corpus's. */
  readonly last: boolean;
  readonly alarms: readonly Alarm[];
}

export function after({ alarms }: LastStep, { version, batch, alarms: own }: CommittedStep): LastStep {
  return { step: version.step, last: batch.last, alarms: [...alarms, ...own] };
}

export function outcomeOf({ step, last, alarms }: LastStep, { config, signal }: { readonly config: Config; readonly signal: AbortSignal }): OutcomeKind {
  if (step === config.run.steps) return 'completed';
  if (alarms.length > 0 && config.alarms.onAlarm === 'stop' && !last) return 'alarm';
  if (signal.aborted && !last) return 'interrupted';
  if (step > 0) return 'corpus-exhausted';
  throw new PretrainZeroError('CORPUS_EXHAUSTED', `the corpus holds fewer than the ${config.rollouts.paragraphsPerStep} paragraphs of one step`);
}
