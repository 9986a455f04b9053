/** `pretrainzero kafka down`. In: the broker's folder; whether to delete its data. Out: no broker runs there. Fails with what `bringDown` throws, and NOT_WRITABLE. */
import { bringDown, deleteBroker } from '../../kafka/bring-down.ts';
import { thisMachine, type BrokerMachine } from '../../kafka/broker-machine.ts';
import type { CliWorld } from '../cli-world.ts';
import { exitCodes } from '../exit-codes.ts';
import { brokerFolder, type KafkaOptions } from './kafka-options.ts';

export interface DownCommandOptions extends KafkaOptions {
  readonly delete: boolean;
}

export async function downCommand(options: DownCommandOptions, { terminal, folder: from }: CliWorld, machine: BrokerMachine = thisMachine): Promise<number> {
  const folder = brokerFolder(options, from, machine);
  const record = await bringDown(folder, machine);
  if (options.delete) await deleteBroker(folder, machine);
  if (options.json) terminal.write(`${JSON.stringify({ folder, pid: record?.pid ?? null, deleted: options.delete })}\n`);
  else terminal.write(`${record === null ? 'No broker ran' : `The broker ended (process ${record.pid})`}; what it keeps ${options.delete ? 'is deleted' : `stays in ${folder}`}.\n`);
  return exitCodes.ok;
}
