/** What the engine throws, as one of its documented errors; and its form as a message between threads. */
import type { ErrorCode } from '../../../schemas/error-codes.ts';
import { PretrainZeroError, type ErrorPlace } from '../../../schemas/pretrain-zero-error.ts';

/** OUT_OF_MEMORY where an allocation failed, ENGINE_FAILED for anything unforeseen; documented errors stay as they are. */
export function asEngineError(cause: unknown): PretrainZeroError {
  if (cause instanceof PretrainZeroError) return cause;
  const text = cause instanceof Error ? cause.message : String(cause);
  const code = (cause as NodeJS.ErrnoException | undefined)?.code;
  const isMemory = code === 'ERR_WORKER_OUT_OF_MEMORY' || (cause instanceof RangeError && /alloc|array length|memory/iu.test(text));
  return isMemory
    ? new PretrainZeroError('OUT_OF_MEMORY', `The engine found no memory: ${text}`, {}, cause)
    : new PretrainZeroError('ENGINE_FAILED', `The engine failed: ${text}`, {}, cause);
}

export interface ErrorMessage {
  readonly code: ErrorCode;
  readonly message: string;
  readonly place: ErrorPlace;
  readonly stack: string | undefined;
}

export function toErrorMessage(cause: unknown): ErrorMessage {
  const { code, message, place, stack } = asEngineError(cause);
  return { code, message, place, stack };
}

export function fromErrorMessage({ code, message, place, stack }: ErrorMessage): PretrainZeroError {
  const error = new PretrainZeroError(code, message, place);
  error.message = message; // the place stands in it already
  if (stack !== undefined) error.stack = stack;
  return error;
}
