/** `pretrainzero kafka up`. In: port, folder, memory. Out: a broker that runs, and what is to be known of it. Fails with what `bringUp` throws. */
import { brokerFiles } from '../../kafka/broker-files.ts';
import { thisMachine, type BrokerMachine } from '../../kafka/broker-machine.ts';
import { bringUp } from '../../kafka/bring-up.ts';
import type { CliWorld } from '../cli-world.ts';
import { exitCodes } from '../exit-codes.ts';
import { quote } from '../command-name.ts';
import { brokerFolder, type KafkaOptions } from './kafka-options.ts';

export interface UpCommandOptions extends KafkaOptions {
  readonly port: number;
  readonly memory: number;
}

/** Where Kafka listens, and where `kafka.brokers` looks by default. */
export const defaultPort = 9092;

export async function upCommand(options: UpCommandOptions, { terminal, folder: from, command }: CliWorld, machine: BrokerMachine = thisMachine): Promise<number> {
  const folder = brokerFolder(options, from, machine);
  const { record, before } = await bringUp({ folder, port: options.port, memoryMb: options.memory }, machine, { onProgress: progress((line) => terminal.complain(line)) });
  const address = `127.0.0.1:${record.port}`;
  const log = brokerFiles(folder).log;
  if (options.json) {
    terminal.write(`${JSON.stringify({ address, pid: record.pid, version: record.kafkaVersion, folder, log, before })}\n`);
    return exitCodes.ok;
  }
  const lines = [
    `Kafka ${record.kafkaVersion} ${before ? 'runs already' : 'runs'} at ${address} (process ${record.pid}).`,
    `Data and log: ${folder}`,
    `A config reaches it with \`kafka.brokers: [${address}]\`${record.port === defaultPort ? ', which is the default' : ''}; \`${command} kafka down${options.folder === undefined ? '' : ` --folder ${quote(options.folder)}`}\` ends it.`,
  ];
  terminal.write(lines.map((line) => `${line}\n`).join(''));
  return exitCodes.ok;
}

/** A line at every quarter of what is fetched. */
function progress(say: (line: string) => void): (bytes: number, ofBytes: number) => void {
  let told = 0;
  return (bytes, ofBytes) => {
    const quarter = Math.floor((4 * bytes) / ofBytes);
    if (quarter > told) say(`Fetching Kafka: ${Math.round(bytes / 1e6)} of ${Math.round(ofBytes / 1e6)} MB\n`);
    told = quarter;
  };
}
