import { PretrainZeroError } from '../../../../schemas/pretrain-zero-error.ts';
import type { ErrorCode } from '../../../../schemas/error-codes.ts';

/** For `assert.rejects` and `assert.throws`: the project's error of that code, whose message has the given words. */
export function hasCode(code: ErrorCode, words = /(?:)/u): (error: unknown) => boolean {
  return (error) => error instanceof PretrainZeroError && error.code === code && words.test(error.message);
}
