/**
 * Tries an action over the network again. In: an action. Out: its result. Waits 0.5, 1, 2, 4 seconds between five attempts. Fails with NETWORK_FAILED after
 * the last, naming file and cause; an error that says what it is (PretrainZeroError) is passed on at once.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';

export interface RetryOptions {
  /** @default 5 */
  readonly attempts?: number;
  /** @default real time */
  readonly sleep?: (milliseconds: number) => Promise<void>;
}

const firstWaitMs = 500;

export async function withRetries<T>(what: string, file: string, options: RetryOptions, action: () => Promise<T>): Promise<T> {
  const attempts = options.attempts ?? 5;
  const sleep = options.sleep ?? ((milliseconds) => wait(milliseconds));
  for (let attempt = 1; ; attempt++) {
    try {
      return await action();
    } catch (error) {
      if (error instanceof PretrainZeroError) throw error;
      if (attempt >= attempts) {
        throw new PretrainZeroError('NETWORK_FAILED', `${what} after ${attempts} attempts: ${causeOf(error)}`, { file }, error);
      }
      await sleep(firstWaitMs * 2 ** (attempt - 1));
    }
  }
}

function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
