/** Commands that look into runs. In: the program. Out: it has them; each gives its exit code to `end`. */
import type { Command } from 'commander';
import { roles } from '../../schemas/records/scored-group.ts';
import type { CliWorld } from './cli-world.ts';
import { examples } from './examples.ts';
import type { ExploreOptions } from './explore-command.ts';
import { aboveZero, collect, kafka, portNumber, roleOf, wholeNumber } from './option-values.ts';
import type { ReplayCommandOptions } from './replay-command.ts';
import type { SampleOptions } from './sample-command.ts';
import type { VerifyOptions } from './verify-command.ts';

export function addFolderCommands(program: Command, world: CliWorld, end: (exitCode: number) => void): void {
  const { command: name } = world;

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
      end(await sampleCommand(directory, { kept: false, full: false, json: false, ...options }, world));
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
      end(await verifyCommand(directory, { json: false, withoutCheckpoints: false, ...options }, world));
    });

  program
    .command('replay')
    .description('Compute a run again from its log: every value compared with the logged one; what another regularisation, reward, filter or parser would have changed; or a fresh model learned from the log alone.')
    .argument('<run>', 'folder of the run')
    .option('--steps <A..B>', 'only these steps; also A.., ..B or A (default: all)')
    .option('--gradients', 'compute every update again with a model, and compare figures and weights')
    .option('--from <place>', 'take the samples from Kafka in place of the folder (kafka)', kafka)
    .option('--to <place>', 'put the samples onto the topic `replay` of the run, once they are found to be right (kafka)', kafka)
    .option('--corpus', 'read the corpus again, and compare the paragraphs with it')
    .option('--set <key=value>', 'what if this key had been another? It must act after sampling; may be given again', collect)
    .option('--pipeline <file>', 'what if the operators had been others? An ES module that exports (topology, pretrainzero) => topology')
    .option('--train', 'learn a fresh model from the log, off-policy-correct')
    .option('--out <folder>', 'with --train: folder of the new run (default: RUN-from-log)')
    .option('--resume', 'with --train: go on with what is in that folder')
    .option('--examples <n>', 'examples of changes shown', wholeNumber, 5)
    .option('--json', 'print one JSON object a line for every event')
    .addHelpText('after', examples(name, ['replay runs/quickstart', 'replay runs/quickstart --steps 10..20 --json', 'replay runs/quickstart --corpus', 'replay runs/quickstart --to kafka', 'replay runs/quickstart --from kafka', 'replay runs/quickstart --gradients --set engine.backend=wasm', 'replay runs/quickstart --set masks.regularise=whole-words', 'replay runs/quickstart --pipeline my-reward.mjs', 'replay runs/quickstart --train --set optimiser.learningRate=1e-4 --out runs/learned-anew'], 'Exit code 1 where a value of the log is not what the rest of it makes of it: file, row, id, field and both values are told. Where a run is read that is still going, its committed steps are.'))
    .action(async (directory: string, options: Partial<ReplayCommandOptions> & Pick<ReplayCommandOptions, 'examples'>) => {
      const { replayCommand } = await import('./replay-command.ts');
      end(await replayCommand(directory, { set: [], gradients: false, corpus: false, train: false, resume: false, json: false, ...options }, world));
    });

  program
    .command('explore')
    .description('Look at runs and evaluations in a browser: curves, samples with their masks in place, answers to benchmarks, filters and search, two runs side by side. What is going on is followed.')
    .argument('<folder...>', 'folders of runs, and of evaluations (evaluate --out)')
    .option('--port <n>', 'port on 127.0.0.1 (default: any that is free)', portNumber)
    .option('--no-open', 'only print the address')
    .option('--export <folder>', 'write a new folder that opens without a server, and end')
    .option('--labels <file>', 'JSONL of paragraphs with the classes of their spans, as in evaluation.probe; perhaps gzipped (default: those of a bundled corpus)')
    .addHelpText('after', examples(name, ['explore runs/quickstart', 'explore runs/quickstart runs/quickstart-random-span --port 8080 --no-open', 'explore runs/quickstart evaluations/quickstart-gsm8k', 'explore runs/quickstart --export quickstart-explorer'], 'Ctrl-C ends it. The page shows what keys do with the key ?.'))
    .action(async (directories: readonly string[], options: Partial<ExploreOptions>) => {
      const { exploreCommand } = await import('./explore-command.ts');
      const { openInBrowser } = await import('../explorer/open-in-browser.ts');
      end(await exploreCommand(directories, { port: 0, open: true, ...options }, world, openInBrowser));
    });
}
