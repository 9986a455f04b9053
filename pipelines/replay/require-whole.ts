/** In: a step as logged. Out: nothing. Fails with LOG_DAMAGED where a part of it is not as it was committed: what is learned or concluded from such a log would be of nothing. */
import type { LoggedStep, StepLog } from '../../operators/ports/step-log.ts';
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';

export function requireWhole(log: StepLog, { step, damage: [first] }: LoggedStep): void {
  if (first !== undefined) throw new PretrainZeroError('LOG_DAMAGED', first.problem, { file: log.place(first.table, step) });
}
