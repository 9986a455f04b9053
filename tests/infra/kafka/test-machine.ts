/** A machine with a home folder of its own, and otherwise this one. Its jars are those of this user, so that they are fetched once. */
import { homedir } from 'node:os';
import { join } from 'node:path';
import { thisMachine, type BrokerMachine } from '../../../infra/kafka/broker-machine.ts';

export function machineAt(home: string, changes: Partial<BrokerMachine> = {}): BrokerMachine {
  const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache');
  return { ...thisMachine, home, environment: { ...process.env, XDG_CACHE_HOME: cache, XDG_DATA_HOME: '' }, ...changes };
}
