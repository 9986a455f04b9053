/**
 * The broker of a folder, running. In: folder, port, memory. Out: its record, once it takes topics; it lives on when this process ends. Where it runs already nothing is done. Fails with JAVA_MISSING,
 * NETWORK_FAILED, PORT_TAKEN, BROKER_FAILED, DISK_FULL, NOT_WRITABLE; USAGE where it runs at another port.
 */
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';
import { awaitBroker } from './await-broker.ts';
import { brokerFiles } from './broker-files.ts';
import type { BrokerMachine } from './broker-machine.ts';
import { recordFile, removeRecord, runningBroker, writeRecord, type BrokerRecord } from './broker-record.ts';
import type { FetchOptions } from './fetch-jars.ts';
import { formatStorage } from './format-storage.ts';
import { becomesFree, isFree } from './free-port.ts';
import { kafkaVersion } from './jars/kafka-jars.ts';
import { kafkaJvm } from './jvm.ts';
import { launchBroker } from './launch-broker.ts';
import { planBroker, writeBrokerFiles } from './start-broker.ts';

export interface UpOptions {
  readonly folder: string;
  readonly port: number;
  /** Java's heap. */
  readonly memoryMb: number;
}

export interface Up {
  readonly record: BrokerRecord;
  /** Whether it ran before. */
  readonly before: boolean;
}

/** @throws JAVA_MISSING, NETWORK_FAILED, PORT_TAKEN, BROKER_FAILED, DISK_FULL, NOT_WRITABLE, USAGE */
export async function bringUp({ folder, port, memoryMb }: UpOptions, machine: BrokerMachine, fetching: FetchOptions = {}): Promise<Up> {
  const there = await runningBroker(folder, machine);
  if (there !== null) return join(there, folder, port, machine);
  const leftBehind = (await machine.fileSystem.size(recordFile(folder))) !== null;
  await removeRecord(folder, machine);
  if (!(await (leftBehind ? becomesFree(port) : isFree(port)))) throw new PretrainZeroError('PORT_TAKEN', `Another program listens on port ${port} of 127.0.0.1`);
  const jvm = await kafkaJvm(machine, fetching);
  const plan = await planBroker({ folder, port });
  await writeBrokerFiles(plan, machine);
  await formatStorage(folder, jvm);
  const started: BrokerRecord[] = [];
  const onStarted = async (pid: number): Promise<void> => {
    const record: BrokerRecord = { ...machine.processes.holderOf(pid), port, memoryMb, startedAtMs: machine.clock.wallTime(), kafkaVersion };
    if (await writeRecord(folder, record, machine)) started.push(record);
    else throw new PretrainZeroError('BROKER_FAILED', 'Another broker of this folder was started meanwhile', { file: folder });
  };
  try {
    const child = await launchBroker(jvm, { folder, address: `127.0.0.1:${port}`, memoryMb, detached: true, onStarted });
    child.unref();
    return { record: started[0]!, before: false };
  } catch (cause) {
    const other = started.length > 0 ? null : await runningBroker(folder, machine);
    if (other !== null) return join(other, folder, port, machine);
    await removeRecord(folder, machine);
    throw cause;
  }
}

/** It may be starting. */
async function join(record: BrokerRecord, folder: string, port: number, { processes }: BrokerMachine): Promise<Up> {
  if (record.port !== port) throw new PretrainZeroError('USAGE', `The broker of this folder runs at port ${record.port}; end it with \`kafka down\` first, or give another --folder`, { file: folder });
  const log = brokerFiles(folder).log;
  await awaitBroker(`127.0.0.1:${port}`, log, () => (processes.isAlive(record) ? null : new PretrainZeroError('BROKER_FAILED', 'The broker ended while it started', { file: log })));
  return { record, before: true };
}
