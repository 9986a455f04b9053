/** `pretrainzero verify`. In: a run's folder. Out: whether every file is as it was committed and every step's ledger adds up; exit code 1 where not. */
import { join } from 'node:path';
import { onRead } from '../file-system/file-error.ts';
import { verifyRun } from '../checkpoints/verify-run.ts';
import { bytes, count } from './amounts.ts';
import type { CliWorld } from './cli-world.ts';
import { exitCodes } from './exit-codes.ts';
import { inkOf } from './ink.ts';
import { verifyLedgers } from './verify/verify-ledgers.ts';

export interface VerifyOptions {
  readonly json: boolean;
  /** Leaves checkpoints out. */
  readonly withoutCheckpoints: boolean;
}

export async function verifyCommand(directory: string, { json, withoutCheckpoints }: VerifyOptions, { terminal, fileSystem }: CliWorld): Promise<number> {
  const { files, ledger } = await onRead(directory, async () => {
    const files = await verifyRun(fileSystem, directory, { checkpoints: !withoutCheckpoints });
    const damaged = new Set(files.problems.map(({ file }) => join(directory, file)));
    return { files, ledger: await verifyLedgers(fileSystem, directory, files.steps, damaged) };
  });
  const problems = [...files.problems, ...ledger.problems];
  if (json) terminal.write(`${JSON.stringify({ ...files, rollouts: ledger.rollouts, problems })}\n`);
  else {
    const ink = inkOf(terminal.color);
    for (const { file, problem } of problems) terminal.write(`${ink.red('wrong')}  ${file}: ${problem}\n`);
    const what = `${count(files.steps)} steps, ${count(files.files)} files (${bytes(files.bytes)}), ${count(ledger.rollouts)} rollouts`;
    terminal.write(problems.length === 0 ? `${ink.green('whole')}  ${what}: every file is as it was committed, every ledger adds up${withoutCheckpoints ? '; checkpoints were not looked at' : ''}\n` : `${ink.red(`${count(problems.length)} wrong`)} of ${what}\n`);
  }
  return problems.length === 0 ? exitCodes.ok : exitCodes.failed;
}
