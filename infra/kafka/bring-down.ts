/**
 * Ends the broker of a folder. In: the folder. Out: its record, once its process is gone; null where none ran. Fails with BROKER_FAILED where it does not end within a minute.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';
import { onFile } from '../file-system/file-error.ts';
import { brokerFiles } from './broker-files.ts';
import type { BrokerMachine } from './broker-machine.ts';
import { removeRecord, runningBroker, type BrokerRecord } from './broker-record.ts';

const patienceMs = 60_000;
const betweenMs = 50;

/** @throws BROKER_FAILED */
export async function bringDown(folder: string, machine: BrokerMachine): Promise<BrokerRecord | null> {
  const { processes, clock } = machine;
  const record = await runningBroker(folder, machine);
  if (record !== null) {
    processes.signal(record.pid, 'SIGTERM');
    const deadline = clock.now() + patienceMs;
    while (processes.isAlive(record)) {
      if (clock.now() > deadline) throw new PretrainZeroError('BROKER_FAILED', `Process ${record.pid} does not end after ${patienceMs / 1000} s`, { file: brokerFiles(folder).log });
      await wait(betweenMs);
    }
  }
  await removeRecord(folder, machine);
  return record;
}

/** Removes what a broker that does not run keeps in its folder, and the folder where nothing else is in it. */
export async function deleteBroker(folder: string, { fileSystem }: BrokerMachine): Promise<void> {
  const { data, settings, logging, log } = brokerFiles(folder);
  await onFile(folder, async () => {
    for (const file of [data, settings, logging, log]) await fileSystem.remove(file);
    if ((await fileSystem.list(folder)).length === 0) await fileSystem.remove(folder);
  });
}
