#!/usr/bin/env node
/** The program `pretrainzero`: `runProgram` on this process. */
import { systemClock } from '../clock/system-clock.ts';
import { fileError } from '../file-system/file-error.ts';
import { nodeFileSystem } from '../file-system/node-file-system.ts';
import { packageRoot } from '../setup/package-root.ts';
import { launch } from '../../pipelines/launch.ts';
import { commandName } from './command-name.ts';
import { exitCodes } from './exit-codes.ts';
import { runProgram } from './program.ts';
import { reportError } from './report-error.ts';
import { processTerminal } from './terminal.ts';

const terminal = processTerminal(process);
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? exitCodes.readerLeft : reportError(fileError(error, 'standard output'), terminal));
});

const orphaned = new AbortController();
if (process.connected) {
  process.on('disconnect', () => orphaned.abort());
  process.channel?.unref(); // listening keeps no process alive
}

const folder = process.cwd();
process.exitCode = await runProgram(process.argv.slice(2), {
  terminal,
  folder,
  command: commandName(process.argv[1] ?? 'pretrainzero', folder, packageRoot()),
  clock: systemClock,
  signals: process,
  fileSystem: nodeFileSystem,
  environment: process.env,
  launch,
  orphaned: orphaned.signal,
  exit: (code) => process.exit(code),
});
