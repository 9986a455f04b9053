/**
 * The command line. In: arguments, and what commands need of the outside. Out: an exit code; nothing is thrown. Commands are imported when they are called,
 * so that `--help` is there at once.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, CommanderError } from 'commander';
import { packageRoot } from '../setup/package-root.ts';
import type { CliWorld } from './cli-world.ts';
import { addConfigCommands } from './config-commands.ts';
import { examples } from './examples.ts';
import { exitCodes } from './exit-codes.ts';
import { addFolderCommands } from './folder-commands.ts';
import { addKafkaCommands } from './kafka/kafka-program.ts';
import { reportError } from './report-error.ts';

/** @param args what comes after the program's name. */
export async function runProgram(args: readonly string[], world: CliWorld): Promise<number> {
  const run: Running = { exitCode: exitCodes.ok };
  try {
    await createProgram(world, run).parseAsync(args, { from: 'user' });
    return run.exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
    return reportError(error, world.terminal);
  }
}

interface Running {
  exitCode: number;
}

function createProgram(world: CliWorld, running: Running): Command {
  const { terminal, command: name } = world;
  const program = new Command('pretrainzero')
    .description('Reinforcement active pretraining (PretrainZero, arXiv 2512.03442): a model learns from plain text by hiding spans of it and predicting them.')
    .version(packageVersion(), '-V, --version')
    .exitOverride()
    .showSuggestionAfterError()
    .configureOutput({
      writeOut: (text) => terminal.write(text),
      writeErr: (text) => terminal.complain(text),
      getOutHelpWidth: () => terminal.columns(),
      getErrHelpWidth: () => terminal.columns(),
    })
    .addHelpText('after', `\nExamples:\n  ${name} run quickstart\n  ${name} check quickstart\n  ${name} sample runs/quickstart\n  ${name} explore runs/quickstart\n\nExit codes: 0 done, 1 failed, 2 the command or its config must be corrected, 3 stopped by a failure sign, 130 stopped by a signal, 141 whoever read the output left.`);
  const end = (exitCode: number): void => {
    running.exitCode = exitCode;
  };
  addConfigCommands(program, world, end);
  addFolderCommands(program, world, end);

  program
    .command('export')
    .description('Write a model as a new folder in Hugging Face layout, float32: an adapter is merged into its base, a GGUF file unpacked.')
    .argument('<model>', 'folder, .gguf file, hf://owner/name[@revision], or a checkpoint of a run')
    .argument('<folder>', 'the new folder')
    .addHelpText('after', examples(name, ['export runs/adapted/checkpoints/step-000060 models/merged', 'export models/smollm2.gguf models/smollm2']))
    .action(async (model: string, folder: string) => {
      const { exportCommand } = await import('./export-command.ts');
      end(await exportCommand(model, folder, world));
    });

  program
    .command('schema')
    .description("Print the JSON Schema of configs, for editors, or the data dictionary of a run's tables.")
    .option('--experiments', 'the JSON Schema of experiment files in place of that of configs')
    .option('--tables', 'every table of the log with its columns, their types, units and meaning, in Markdown')
    .addHelpText('after', examples(name, ['schema > config.schema.json', 'schema --tables > data-dictionary.md'], 'Begin a YAML file with `# yaml-language-server: $schema=./config.schema.json`.'))
    .action(async ({ experiments = false, tables = false }: { readonly experiments?: boolean; readonly tables?: boolean }) => {
      if (experiments) {
        const { experimentJsonSchema } = await import('../config/experiment-json-schema.ts');
        terminal.write(experimentJsonSchema());
        return;
      }
      if (tables) {
        const { dataDictionary } = await import('../sample-log/data-dictionary.ts');
        terminal.write(dataDictionary());
        return;
      }
      const { configJsonSchema } = await import('../config/config-json-schema.ts');
      terminal.write(configJsonSchema());
    });

  addKafkaCommands(program, world, end);

  return program;
}

function packageVersion(): string {
  const { version } = JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8')) as { version: string };
  return version;
}
