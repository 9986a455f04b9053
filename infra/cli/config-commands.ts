/** Commands that take a config or an experiment, and compute. In: the program. Out: it has them; each gives its exit code to `end`. */
import type { Command } from 'commander';
import { baseConfigName, bundledConfigNames } from '../config/config-paths.ts';
import { bundledExperimentNames } from '../config/experiment-paths.ts';
import type { CheckOptions } from './check-command.ts';
import type { CliWorld } from './cli-world.ts';
import type { EvaluateCommandOptions } from './evaluate-command.ts';
import { examples } from './examples.ts';
import type { ExperimentOptions } from './experiment-command.ts';
import { aboveZero, collect } from './option-values.ts';
import type { RunOptions } from './run-command.ts';
import type { TopicsAction, TopicsOptions } from './topics-command.ts';
import type { WorkerOptions } from './worker-command.ts';

export function addConfigCommands(program: Command, world: CliWorld, end: (exitCode: number) => void): void {
  const { command: name } = world;
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
      end(await runCommand(config, { set: [], resume: false, json: false, ...options }, world));
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
      end(await checkCommand(config, { set: [], json: false, ...options }, world));
    });

  program
    .command('evaluate')
    .description('Ask a model the questions of a benchmark: accuracy with its interval, every answer kept. What was answered before is not asked again.')
    .argument('<config>', configHelp)
    .option('--set <key=value>', setHelp, collect)
    .option('--out <folder>', 'folder of the results (default: evaluations/NAME-BENCHMARK)')
    .option('--json', 'print one JSON object a line')
    .addHelpText('after', examples(name, ['evaluate quickstart --set benchmark.maxItems=200', 'evaluate quickstart --set model.path=runs/quickstart/checkpoints/step-000060 --out evaluations/step-60', 'evaluate paper-qwen3-4b --set benchmark.name=math-500', 'evaluate paper-qwen3-4b --set benchmark.name=gsm8k --set benchmark.path=data/gsm8k/test.jsonl'], 'benchmark.name is cloze (hidden spans of benchmark.path, else of corpus.path) where nothing else is said. Ctrl-C ends it after the batch in progress.'))
    .action(async (config: string, options: Partial<EvaluateCommandOptions>) => {
      const { evaluateCommand } = await import('./evaluate-command.ts');
      end(await evaluateCommand(config, { set: [], json: false, ...options }, world));
    });

  program
    .command('experiment')
    .description('Compare methods: every variant of an experiment with every seed, its learning rate chosen on others, and one report of it all.')
    .argument('<file>', `path of a YAML file, or one of ${bundledExperimentNames().join(', ')}`)
    .option('--out <folder>', 'folder of the experiment (default: experiments/NAME, with its name)')
    .option('--jobs <n>', 'runs side by side, each with its share of the threads', aboveZero, 1)
    .option('--report', 'only write the report of the runs that are done')
    .option('--json', 'print one JSON object a line for every event')
    .addHelpText('after', examples(name, ['experiment first-gains', 'experiment first-gains --jobs 2 --out experiments/first', 'experiment my-experiment.yaml --report'], 'The same command goes on where it stopped, wherever that was; runs that are done are not done again. Exit code 1 where a run failed.'))
    .action(async (file: string, options: Partial<ExperimentOptions> & Pick<ExperimentOptions, 'jobs'>) => {
      const { experimentCommand } = await import('./experiment-command.ts');
      end(await experimentCommand(file, { report: false, json: false, ...options }, world));
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
      end(await workerCommand(config, { set: [], json: false, wait: false, ...options }, world));
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
        end(await topicsCommand(action as TopicsAction, config, { set: [], json: false, ...options }, world));
      });
  }
}
