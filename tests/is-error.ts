import type { ErrorCode } from '../schemas/error-codes.ts';
import { PretrainZeroError } from '../schemas/pretrain-zero-error.ts';

/** Whether something thrown is ours, with this code. */
export function isPretrainZeroError(error: unknown, code: ErrorCode): boolean {
  return error instanceof PretrainZeroError && error.code === code;
}

/** For `assert.rejects` and `assert.throws`: whether something thrown is ours, with this code and a message like this. */
export const isError =
  (code: ErrorCode, message: RegExp) =>
  (error: unknown): boolean =>
    error instanceof PretrainZeroError && error.code === code && message.test(error.message);
