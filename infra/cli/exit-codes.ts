/** What the process tells the shell. In: an error's code. Out: an exit code. Nothing can go wrong. */
import type { ErrorCode } from '../../schemas/error-codes.ts';

export const exitCodes = {
  ok: 0,
  failed: 1,
  /** The command or its config must be corrected. */
  usage: 2,
  /** Stopped by a signal. */
  interrupted: 130,
  /** Whoever read standard output left, as `head` does, and what was to come was not done: as if by SIGPIPE. */
  readerLeft: 141,
} as const;

const mistakes: ReadonlySet<ErrorCode> = new Set(['USAGE', 'CONFIG_INVALID', 'CONFIG_UNKNOWN_KEY', 'CONFIG_NOT_FOUND', 'RUN_EXISTS', 'RUN_NOT_FOUND', 'RUN_MISMATCH']);

export function exitCodeOf(code: ErrorCode): number {
  return mistakes.has(code) ? exitCodes.usage : exitCodes.failed;
}
