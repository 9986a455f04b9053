#!/usr/bin/env node
/** The program `pretrainzero`: `runProgram` on this process. */
import { systemClock } from '../clock/system-clock.ts';
import { nodeFileSystem } from '../file-system/node-file-system.ts';
import { packageRoot } from '../setup/package-root.ts';
import { launch } from '../../pipelines/launch.ts';
import { commandName } from './command-name.ts';
import { runProgram } from './program.ts';
import { processTerminal } from './terminal.ts';

// The reader of a pipe may leave early, as `head` does.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? 0 : 1);
});

const folder = process.cwd();
process.exitCode = await runProgram(process.argv.slice(2), {
  terminal: processTerminal(process),
  folder,
  command: commandName(process.argv[1] ?? 'pretrainzero', folder, packageRoot()),
  clock: systemClock,
  signals: process,
  fileSystem: nodeFileSystem,
  launch,
  exit: (code) => process.exit(code),
});
