/** What the gradient sink asks of the log. In: a message of the topic `step-commits`. Out: the same by kind, with its epoch: that of a beginning is where it lies. Can go wrong: RECORD_INVALID for what does not belong there. */
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';
import { epochBegins, stepToCommit, type EpochBegins, type StepToCommit } from '../../schemas/records/control-messages.ts';
import { stepTiming, type StepTiming } from '../../schemas/records/step-timing.ts';

export type LogControl =
  | { readonly kind: 'begin'; readonly record: EpochBegins; readonly epoch: number }
  | { readonly kind: 'commit'; readonly record: StepToCommit; readonly epoch: number }
  | { readonly kind: 'timing'; readonly record: StepTiming; readonly epoch: number };

export const logControlRecords = [epochBegins, stepToCommit, stepTiming] as const;

/** @param name of the record's definition */
export function logControlOf(name: string, record: unknown, epoch: number, offset: bigint): LogControl {
  switch (name) {
    case epochBegins.name:
      return { kind: 'begin', record: record as EpochBegins, epoch: Number(offset) + 1 };
    case stepToCommit.name:
      return { kind: 'commit', record: record as StepToCommit, epoch };
    case stepTiming.name:
      return { kind: 'timing', record: record as StepTiming, epoch };
    default:
      throw new PretrainZeroError('RECORD_INVALID', `a ${name} was read as a step's commit`, { id: name });
  }
}
