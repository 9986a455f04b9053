/**
 * The command line. In: arguments, and what commands need of the outside. Out: an exit code; nothing is thrown. Commands are imported when they are called,
 * so that `--help` is there at once.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { roles, type Role } from '../../schemas/records/scored-group.ts';
import { baseConfigName, bundledConfigNames } from '../config/config-paths.ts';
import { packageRoot } from '../setup/package-root.ts';
import type { CheckOptions } from './check-command.ts';
import type { CliWorld } from './cli-world.ts';
import { exitCodes } from './exit-codes.ts';
import type { ExploreOptions } from './explore-command.ts';
import { reportError } from './report-error.ts';
import type { RunOptions } from './run-command.ts';
import type { SampleOptions } from './sample-command.ts';
import type { VerifyOptions } from './verify-command.ts';

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
    .addHelpText('after', `\nExamples:\n  ${name} run quickstart\n  ${name} check quickstart\n  ${name} sample runs/quickstart\n  ${name} explore runs/quickstart\n\nExit codes: 0 done, 1 failed, 2 the command or its config must be corrected, 130 stopped by a signal.`);
  const bundled = bundledConfigNames().filter((each) => each !== baseConfigName);
  const configHelp = `path of a YAML file, or one of ${bundled.join(', ')}`;
  const setHelp = 'change one key, for example run.steps=50; may be given again';

  program
    .command('run')
    .description('Train: start a run, or go on with one.')
    .argument('<config>', configHelp)
    .option('--set <key=value>', setHelp, collect)
    .option('--out <folder>', 'folder of the run (default: runs/NAME, with run.name of the config)')
    .option('--resume', 'go on with the run in that folder, from its newest checkpoint')
    .option('--json', 'print one JSON object a line for every event')
    .addHelpText('after', examples(name, ['run quickstart', 'run quickstart --set run.seed=7 --out runs/seed-7', 'run quickstart --out runs/seed-7 --set run.seed=7 --resume', 'run my-config.yaml --set corpus.path=dump.xml.bz2 --json > events.jsonl'], 'Ctrl-C ends the run after the step in progress and says how to go on; a second one stops at once.'))
    .action(async (config: string, options: Partial<RunOptions>) => {
      const { runCommand } = await import('./run-command.ts');
      running.exitCode = await runCommand(config, { set: [], resume: false, json: false, ...options }, world);
    });

  program
    .command('check')
    .description('Show what a config comes to: every key, the graph with what each edge carries, rollouts and tokens of a step, memory and disk.')
    .argument('<config>', configHelp)
    .option('--set <key=value>', setHelp, collect)
    .option('--json', 'print one JSON object')
    .addHelpText('after', examples(name, ['check quickstart', 'check paper-qwen3-4b --set model.path=models/Qwen3-4B-Base --set corpus.path=hf://datasets/wikimedia/wikipedia/20231101.en', 'check my-config.yaml --json'], 'Exit code 1 where a file that the config names is not there.'))
    .action(async (config: string, options: Partial<CheckOptions>) => {
      const { checkCommand } = await import('./check-command.ts');
      running.exitCode = await checkCommand(config, { set: [], json: false, ...options }, world);
    });

  program
    .command('sample')
    .description('Show samples of a run: paragraphs with their masks in place, predictions with their reasoning, rewards and advantages, kept or dropped and why.')
    .argument('<run>', 'folder of the run')
    .option('--step <n>', 'optimiser step (default: the last)', wholeNumber)
    .option('--slot <n>', 'the paragraph in that slot of the step, from 0', wholeNumber)
    .option('--role <role>', `only the rollouts of one role: ${roles.join(' or ')}`, roleOf)
    .option('--kept', 'only groups that took part in the update')
    .option('--count <n>', 'paragraphs at most', aboveZero, 2)
    .option('--seed <n>', 'which paragraphs of the step are drawn', wholeNumber, 0)
    .option('--full', 'reasoning in whole')
    .option('--json', 'print one JSON object a line for every paragraph')
    .addHelpText('after', examples(name, ['sample runs/quickstart', 'sample runs/quickstart --step 1 --slot 3', 'sample runs/quickstart --kept --role predict --count 5 --seed 1', 'sample runs/quickstart --full | less -R']))
    .action(async (directory: string, options: Partial<SampleOptions> & Pick<SampleOptions, 'count' | 'seed'>) => {
      const { sampleCommand } = await import('./sample-command.ts');
      running.exitCode = await sampleCommand(directory, { kept: false, full: false, json: false, ...options }, world);
    });

  program
    .command('verify')
    .description('Check a run: every file against its checksum, every rollout against the ledgers, every reward and advantage against its counts.')
    .argument('<run>', 'folder of the run')
    .option('--json', 'print one JSON object')
    .addHelpText('after', examples(name, ['verify runs/quickstart', 'verify runs/quickstart --json'], 'Exit code 1 where anything is wrong.'))
    .action(async (directory: string, options: Partial<VerifyOptions>) => {
      const { verifyCommand } = await import('./verify-command.ts');
      running.exitCode = await verifyCommand(directory, { json: false, ...options }, world);
    });

  program
    .command('explore')
    .description('Look at runs in a browser: curves, samples with their masks in place, filters and search, two runs side by side. A run that is going on is followed.')
    .argument('<run...>', 'folders of runs')
    .option('--port <n>', 'port on 127.0.0.1 (default: any that is free)', portNumber)
    .option('--no-open', 'only print the address')
    .option('--export <folder>', 'write a new folder that opens without a server, and end')
    .addHelpText('after', examples(name, ['explore runs/quickstart', 'explore runs/quickstart runs/quickstart-random-span --port 8080 --no-open', 'explore runs/quickstart --export quickstart-explorer'], 'Ctrl-C ends it. The page shows what keys do with the key ?.'))
    .action(async (directories: readonly string[], options: Partial<ExploreOptions>) => {
      const { exploreCommand } = await import('./explore-command.ts');
      const { openInBrowser } = await import('../explorer/open-in-browser.ts');
      running.exitCode = await exploreCommand(directories, { port: 0, open: true, ...options }, world, openInBrowser);
    });

  program
    .command('export')
    .description('Write a model as a new folder in Hugging Face layout, float32: an adapter is merged into its base, a GGUF file unpacked.')
    .argument('<model>', 'folder, .gguf file, hf://owner/name[@revision], or a checkpoint of a run')
    .argument('<folder>', 'the new folder')
    .addHelpText('after', examples(name, ['export runs/adapted/checkpoints/step-000060 models/merged', 'export models/smollm2.gguf models/smollm2']))
    .action(async (model: string, folder: string) => {
      const { exportCommand } = await import('./export-command.ts');
      running.exitCode = await exportCommand(model, folder, world);
    });

  program
    .command('schema')
    .description('Print the JSON Schema of configs, for editors.')
    .addHelpText('after', examples(name, ['schema > config.schema.json'], 'Begin a YAML file with `# yaml-language-server: $schema=./config.schema.json`.'))
    .action(async () => {
      const { configJsonSchema } = await import('../config/config-json-schema.ts');
      terminal.write(configJsonSchema());
    });

  return program;
}

function examples(name: string, commands: readonly string[], more?: string): string {
  const lines = commands.map((command) => `  ${name} ${command}`);
  return `\nExamples:\n${lines.join('\n')}${more === undefined ? '' : `\n\n${more}`}`;
}

function collect(value: string, before: readonly string[] = []): string[] {
  return [...before, value];
}

function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('It must be a whole number.');
  return Number(text);
}

function portNumber(text: string): number {
  const value = wholeNumber(text);
  if (value > 65_535) throw new InvalidArgumentError('It must be at most 65535.');
  return value;
}

function aboveZero(text: string): number {
  const value = wholeNumber(text);
  if (value === 0) throw new InvalidArgumentError('It must be 1 or more.');
  return value;
}

function roleOf(text: string): Role {
  const role = roles.find((each) => each === text);
  if (role === undefined) throw new InvalidArgumentError(`It must be ${roles.join(' or ')}.`);
  return role;
}

function packageVersion(): string {
  const { version } = JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8')) as { version: string };
  return version;
}
