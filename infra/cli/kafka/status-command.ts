/** `pretrainzero kafka status`. In: the broker's folder. Out: whether it runs, where, since when, and its topics; exit code 1 where it does not run. Fails with NOT_READABLE. */
import { brokerFiles } from '../../kafka/broker-files.ts';
import { thisMachine, type BrokerMachine } from '../../kafka/broker-machine.ts';
import { runningBroker } from '../../kafka/broker-record.ts';
import { keptTopics } from '../../kafka/broker-topics.ts';
import { onRead } from '../../file-system/file-error.ts';
import { bytes, count, duration } from '../amounts.ts';
import type { CliWorld } from '../cli-world.ts';
import { exitCodes } from '../exit-codes.ts';
import { tableLines } from '../table-lines.ts';
import { brokerFolder, type KafkaOptions } from './kafka-options.ts';

export async function statusCommand(options: KafkaOptions, { terminal, folder: from, command }: CliWorld, machine: BrokerMachine = thisMachine): Promise<number> {
  const folder = brokerFolder(options, from, machine);
  const record = await runningBroker(folder, machine);
  const topics = await onRead(folder, () => keptTopics(folder, machine.fileSystem));
  const log = brokerFiles(folder).log;
  const address = record === null ? null : `127.0.0.1:${record.port}`;
  const uptimeMs = record === null ? null : Math.max(0, machine.clock.wallTime() - record.startedAtMs);
  const total = topics.reduce((sum, topic) => sum + topic.bytes, 0);
  const exitCode = record === null ? exitCodes.failed : exitCodes.ok;
  if (options.json) {
    terminal.write(`${JSON.stringify({ running: record !== null, version: record?.kafkaVersion ?? null, address, pid: record?.pid ?? null, uptimeMs, memoryMb: record?.memoryMb ?? null, folder, log, bytes: total, topics })}\n`);
    return exitCode;
  }
  const own = topics.filter(({ name }) => !name.startsWith('__'));
  const lines = [
    record === null ? `No broker runs; \`${command} kafka up\` starts one.` : `Kafka ${record.kafkaVersion} runs at ${address!} (process ${record.pid}) for ${duration(uptimeMs!)}, with ${record.memoryMb} MB.`,
    `Data and log: ${folder}, messages of ${bytes(total)}`,
    ...(own.length === 0 ? ['No topics.'] : tableLines([['topic', 'partitions', 'messages'], ...own.map((topic) => [topic.name, count(topic.partitions), bytes(topic.bytes)])])),
  ];
  terminal.write(lines.map((line) => `${line}\n`).join(''));
  return exitCode;
}
