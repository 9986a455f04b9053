/** In: what a command threw. Out: what a person is told (code, what, where, what to do), and the exit code. A stack trace is shown for defects of this program alone. */
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';
import { exitCodeOf, exitCodes } from './exit-codes.ts';
import { inkOf } from './ink.ts';
import type { Terminal } from './terminal.ts';

export function reportError(error: unknown, terminal: Terminal): number {
  const ink = inkOf(terminal.color);
  if (error instanceof PretrainZeroError) {
    terminal.complain(`${ink.red(error.code)}: ${error.message}\n${ink.dim('->')} ${error.remedy}\n`);
    return exitCodeOf(error.code);
  }
  const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
  terminal.complain(`${ink.red('unexpected')}: ${what}\n${ink.dim('->')} This is a defect of pretrainzero; report it with the text above.\n`);
  return exitCodes.failed;
}
