/**
 * Whether what failed is to be tried again. In: the failures of one request, or of one member, one after the other; how to reach a broker by other means. Out: true once it is time to; false where it would fail
 * as before, or where it is `over`. Where the coordinator of a group is not found, a broker is reached first: only one that answers, again and again, and still does not say, has refused.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { PretrainZeroError } from '../../../schemas/pretrain-zero-error.ts';
import { isCoordinatorMissing, isPassing } from './failure-kinds.ts';

export interface Repetition {
  /** @throws BROKER_REFUSED where the brokers answer and let nobody in */
  again(error: unknown): Promise<boolean>;
  /** What was tried has come about: what fails from here on is counted anew. */
  succeeded(): void;
}

/** Between a failure and the next try. */
export const betweenMs = 100;
const triesOfCoordinator = 5;

/** @param over whether nobody waits for it any more. */
export function createRepetition(reach: () => Promise<void>, over: () => boolean, pause: () => Promise<void> = () => wait(betweenMs)): Repetition {
  let missing = 0;
  const reached = async (): Promise<boolean> => {
    while (!over()) {
      try {
        await reach();
        return true;
      } catch (error) {
        if (!(error instanceof PretrainZeroError && error.code === 'BROKER_UNREACHABLE')) throw error;
      }
      await pause();
    }
    return false;
  };
  return {
    async again(error) {
      if (over()) return false;
      await pause();
      if (!isCoordinatorMissing(error)) return isPassing(error);
      missing += 1;
      return missing < triesOfCoordinator && (await reached());
    },
    succeeded: () => (missing = 0),
  };
}
