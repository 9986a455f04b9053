/** `pretrainzero sample`. In: a run's folder and which samples. Out: them, on the terminal or as JSON. Fails with what reading the log throws. */
import type { Role } from '../../schemas/records/scored-group.ts';
import { onRead } from '../file-system/file-error.ts';
import type { CliWorld } from './cli-world.ts';
import { exitCodes } from './exit-codes.ts';
import { inkOf } from './ink.ts';
import { chooseSamples, type SampleChoice } from './sample/choose-samples.ts';
import { sampleLines } from './sample/sample-lines.ts';

export interface SampleOptions extends SampleChoice {
  readonly role?: Role;
  readonly full: boolean;
  readonly json: boolean;
}

/** Lines longer than this are hard to read, however wide the terminal is. */
const maxColumns = 120;

export async function sampleCommand(directory: string, options: SampleOptions, { terminal, fileSystem }: CliWorld): Promise<number> {
  const samples = await onRead(directory, () => chooseSamples(fileSystem, directory, options));
  if (options.json) {
    for (const sample of samples) terminal.write(`${JSON.stringify(sample)}\n`);
    return exitCodes.ok;
  }
  const { role, kept, full } = options;
  const view = { kept, full, columns: Math.min(maxColumns, terminal.columns()), ink: inkOf(terminal.color), ...(role && { role }) };
  for (const sample of samples) terminal.write(sampleLines(sample, view).map((line) => `${line}\n`).join(''));
  if (samples.length === 0) terminal.write('No paragraph of the step has a group that took part in the update.\n');
  return exitCodes.ok;
}
