/** The commands `kafka up`, `kafka down` and `kafka status`. In: the program. Out: the same, with them. Fails as the commands do. */
import { InvalidArgumentError, type Command } from 'commander';
import type { CliWorld } from '../cli-world.ts';
import type { DownCommandOptions } from './down-command.ts';
import type { KafkaOptions } from './kafka-options.ts';
import type { UpCommandOptions } from './up-command.ts';

/** @param done takes a command's exit code */
export function addKafkaCommands(program: Command, world: CliWorld, done: (exitCode: number) => void): void {
  const folderHelp = "the broker's folder (default: pretrainzero/kafka in XDG_DATA_HOME or ~/.local/share)";
  const kafka = program.command('kafka').description('A Kafka broker on this machine, for `transport: kafka`: Kafka itself, of one node, reached from this machine alone. Needs Java 17 or newer; Kafka is fetched once (45 MB).');

  kafka
    .command('up')
    .description('Start the broker and leave it running. Where it runs already nothing is done.')
    .option('--port <n>', 'port on 127.0.0.1', port, 9092)
    .option('--folder <folder>', folderHelp)
    .option('--memory <mb>', "Java's heap, MB", memory, 512)
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nKafka comes from Maven Central, or from the mirror that ~/.m2/settings.xml or PRETRAINZERO_MAVEN names; each file is checked.')
    .action(async (options: Omit<UpCommandOptions, 'json'>) => {
      const { upCommand } = await import('./up-command.ts');
      done(await upCommand({ json: false, ...options }, world));
    });

  kafka
    .command('down')
    .description('End the broker and wait until it is gone. Its topics stay.')
    .option('--folder <folder>', folderHelp)
    .option('--delete', 'delete its topics too')
    .option('--json', 'print one JSON object')
    .action(async (options: Partial<DownCommandOptions>) => {
      const { downCommand } = await import('./down-command.ts');
      done(await downCommand({ json: false, delete: false, ...options }, world));
    });

  kafka
    .command('status')
    .description('Say whether the broker runs, where and since when, and what topics it has.')
    .option('--folder <folder>', folderHelp)
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExit code 1 where it does not run.')
    .action(async (options: Partial<KafkaOptions>) => {
      const { statusCommand } = await import('./status-command.ts');
      done(await statusCommand({ json: false, ...options }, world));
    });
}

function port(text: string): number {
  const value = Number(text);
  if (!/^\d{1,5}$/u.test(text) || value < 1 || value > 65_535) throw new InvalidArgumentError('It must be a whole number from 1 to 65535.');
  return value;
}

/** Below this Kafka does not start. */
const leastMemoryMb = 128;

function memory(text: string): number {
  const value = Number(text);
  if (!/^\d{1,7}$/u.test(text) || value < leastMemoryMb) throw new InvalidArgumentError(`It must be a whole number of at least ${leastMemoryMb}.`);
  return value;
}
