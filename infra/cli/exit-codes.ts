/** What the process tells the shell. In: an error's code, or how a run ended. Out: an exit code. Nothing can go wrong. */
import type { RunOutcome } from '../../pipelines/run-events.ts';
import type { ErrorCode } from '../../schemas/error-codes.ts';

export const exitCodes = {
  ok: 0,
  failed: 1,
  /** The command or its config must be corrected. */
  usage: 2,
  /** A failure sign stopped the run (`alarms.onAlarm: stop`). */
  alarm: 3,
  /** Stopped by a signal. */
  interrupted: 130,
  /** Whoever read standard output left, as `head` does, and what was to come was not done: as if by SIGPIPE. */
  readerLeft: 141,
} as const;

const mistakes: ReadonlySet<ErrorCode> = new Set(['USAGE', 'CONFIG_INVALID', 'CONFIG_UNKNOWN_KEY', 'CONFIG_NOT_FOUND', 'RUN_EXISTS', 'RUN_NOT_FOUND', 'RUN_MISMATCH']);

export function exitCodeOf(code: ErrorCode): number {
  return mistakes.has(code) ? exitCodes.usage : exitCodes.failed;
}

export function exitCodeAfter({ kind }: Pick<RunOutcome, 'kind'>): number {
  if (kind === 'alarm') return exitCodes.alarm;
  return kind === 'interrupted' ? exitCodes.interrupted : exitCodes.ok;
}
