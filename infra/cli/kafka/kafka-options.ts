/** What the commands about the local broker share. In: options of the command line. Out: the broker's folder. Nothing can go wrong. */
import { join, resolve } from 'node:path';
import { dataFolder, type BrokerMachine } from '../../kafka/broker-machine.ts';

export interface KafkaOptions {
  /** @default the user's own broker */
  readonly folder?: string;
  readonly json: boolean;
}

/** @param from the working directory */
export function brokerFolder({ folder }: KafkaOptions, from: string, machine: BrokerMachine): string {
  return folder === undefined ? join(dataFolder(machine), 'kafka') : resolve(from, folder);
}
