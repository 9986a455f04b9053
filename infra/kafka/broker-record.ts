/**
 * Which process is the broker of a folder, for whoever asks later: `broker.json`. In: the folder. Out: what is written there, and whether that process still runs. A file that a broker left behind, or that
 * is no record, counts as none. Fails with NOT_READABLE, NOT_WRITABLE, DISK_FULL.
 */
import { join } from 'node:path';
import { z } from 'zod';
import { onFile, onRead } from '../file-system/file-error.ts';
import { readText } from '../file-system/read-file.ts';
import type { BrokerMachine } from './broker-machine.ts';

export const brokerRecord = z.strictObject({
  pid: z.int(),
  host: z.string(),
  /** Tells the process from a later one with the same number; null where the system does not say. */
  started: z.string().nullable(),
  port: z.int(),
  memoryMb: z.int(),
  /** Wall time, milliseconds since 1970. */
  startedAtMs: z.number(),
  kafkaVersion: z.string(),
});

export type BrokerRecord = z.infer<typeof brokerRecord>;

export const recordFile = (folder: string): string => join(folder, 'broker.json');

/** The broker of the folder that runs; null where none does. */
export async function runningBroker(folder: string, { fileSystem, processes }: BrokerMachine): Promise<BrokerRecord | null> {
  const file = recordFile(folder);
  const record = parse(await onRead(file, () => readText(fileSystem, file)));
  return record !== null && processes.isAlive(record) ? record : null;
}

/** @returns false where another broker was recorded first */
export async function writeRecord(folder: string, record: BrokerRecord, { fileSystem }: BrokerMachine): Promise<boolean> {
  const file = recordFile(folder);
  return onFile(file, () => fileSystem.createIfAbsent(file, new TextEncoder().encode(`${JSON.stringify(record)}\n`)));
}

export async function removeRecord(folder: string, { fileSystem }: BrokerMachine): Promise<void> {
  const file = recordFile(folder);
  await onFile(file, () => fileSystem.remove(file));
}

function parse(text: string | null): BrokerRecord | null {
  try {
    return brokerRecord.parse(JSON.parse(text ?? ''));
  } catch {
    return null;
  }
}
