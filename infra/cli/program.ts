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
import { addKafkaCommands } from './kafka/kafka-program.ts';
import { reportError } from './report-error.ts';
import type { ReplayCommandOptions } from './replay-command.ts';
import type { RunOptions } from './run-command.ts';
import type { SampleOptions } from './sample-command.ts';
import type { TopicsAction, TopicsOptions } from './topics-command.ts';
import type { VerifyOptions } from './verify-command.ts';
import type { WorkerOptions } from './worker-command.ts';

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
    .option('--workers <counts>', 'over Kafka: workers by stage, for example generate-masks=2,predict-spans=4 (default: one each)')
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
    .command('worker')
    .description('Over Kafka: do the work of one stage, until the run ends.')
    .argument('<config>', configHelp)
    .requiredOption('--stage <stage>', 'generate-masks, predict-spans, reward, log, train or source; of another pipeline, its own stages')
    .option('--set <key=value>', setHelp, collect)
    .option('--out <folder>', "folder of the run, for log and train, and where the weights lie if kafka.weights does not say (default: runs/NAME)")
    .option('--wait', 'where the run has ended already, wait for it to be begun again')
    .option('--json', 'print one JSON object a line for every event')
    .addHelpText('after', examples(name, ['worker quickstart --stage predict-spans', 'worker my-config.yaml --stage train --out /shared/runs/one --set kafka.brokers=[10.0.0.5:9092]'], 'Ctrl-C leaves after the work in progress: others take over. Of train it ends the run after the step.'))
    .action(async (config: string, options: Partial<WorkerOptions> & Pick<WorkerOptions, 'stage'>) => {
      const { workerCommand } = await import('./worker-command.ts');
      running.exitCode = await workerCommand(config, { set: [], json: false, wait: false, ...options }, world);
    });

  const topics = program.command('topics').description("Over Kafka: make, show or remove a run's topics.");
  const topicsTexts = { create: 'Make the topics that are not there.', describe: 'Show the topics: partitions, messages, settings.', delete: 'Remove the topics of the run, with the places of its workers in them.' };
  for (const [action, text] of Object.entries(topicsTexts)) {
    topics
      .command(action)
      .description(text)
      .argument('<config>', configHelp)
      .option('--set <key=value>', setHelp, collect)
      .option('--json', 'print one JSON object')
      .action(async (config: string, options: Partial<TopicsOptions>) => {
        const { topicsCommand } = await import('./topics-command.ts');
        running.exitCode = await topicsCommand(action as TopicsAction, config, { set: [], json: false, ...options }, world);
      });
  }

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
    .option('--without-checkpoints', 'leave checkpoints out, for a copy that was made without them')
    .option('--json', 'print one JSON object')
    .addHelpText('after', examples(name, ['verify runs/quickstart', 'verify runs/quickstart --json', 'verify notebooks/runs/pretrain-zero --without-checkpoints'], 'Exit code 1 where anything is wrong.'))
    .action(async (directory: string, options: Partial<VerifyOptions>) => {
      const { verifyCommand } = await import('./verify-command.ts');
      running.exitCode = await verifyCommand(directory, { json: false, withoutCheckpoints: false, ...options }, world);
    });

  program
    .command('replay')
    .description('Compute a run again from its log: every value compared with the logged one; what another regularisation, reward, filter or parser would have changed; or a fresh model learned from the log alone.')
    .argument('<run>', 'folder of the run')
    .option('--steps <A..B>', 'only these steps; also A.., ..B or A (default: all)')
    .option('--gradients', 'compute every update again with a model, and compare figures and weights')
    .option('--set <key=value>', 'what if this key had been another? It must act after sampling; may be given again', collect)
    .option('--pipeline <file>', 'what if the operators had been others? An ES module that exports (topology, pretrainzero) => topology')
    .option('--train', 'learn a fresh model from the log, off-policy-correct')
    .option('--from <transport>', 'kafka: read the log from topics, by the config of the folder')
    .option('--to <transport>', 'kafka: put each step that is as logged on topics, for --from')
    .option('--out <folder>', 'with --train: folder of the new run (default: RUN-from-log)')
    .option('--resume', 'with --train: go on with what is in that folder')
    .option('--examples <n>', 'examples of changes shown', wholeNumber, 5)
    .option('--json', 'print one JSON object a line for every event')
    .addHelpText('after', examples(name, ['replay runs/quickstart', 'replay runs/quickstart --steps 10..20 --json', 'replay runs/quickstart --gradients --set engine.backend=wasm', 'replay runs/quickstart --set masks.regularise=whole-words', 'replay runs/quickstart --pipeline my-reward.mjs', 'replay runs/quickstart --train --set optimiser.learningRate=1e-4 --out runs/learned-anew'], 'Exit code 1 where a value of the log is not what the rest of it makes of it: file, row, id, field and both values are told. Where a run is read that is still going, its committed steps are.'))
    .action(async (directory: string, options: Partial<ReplayCommandOptions> & Pick<ReplayCommandOptions, 'examples'>) => {
      const { replayCommand } = await import('./replay-command.ts');
      running.exitCode = await replayCommand(directory, { set: [], gradients: false, train: false, resume: false, json: false, ...options }, world);
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
    .description("Print the JSON Schema of configs, for editors, or the data dictionary of a run's tables.")
    .option('--tables', 'every table of the log with its columns, their types, units and meaning, in Markdown')
    .addHelpText('after', examples(name, ['schema > config.schema.json', 'schema --tables > data-dictionary.md'], 'Begin a YAML file with `# yaml-language-server: $schema=./config.schema.json`.'))
    .action(async ({ tables = false }: { readonly tables?: boolean }) => {
      if (tables) {
        const { dataDictionary } = await import('../sample-log/data-dictionary.ts');
        terminal.write(dataDictionary());
        return;
      }
      const { configJsonSchema } = await import('../config/config-json-schema.ts');
      terminal.write(configJsonSchema());
    });

  addKafkaCommands(program, world, (exitCode) => (running.exitCode = exitCode));

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
