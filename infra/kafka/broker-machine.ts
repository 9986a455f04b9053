/** What a local broker asks of the machine, so that tests can give their own. */
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '../../operators/ports/clock.ts';
import { holderOf, nodeProcesses } from '../checkpoints/node-processes.ts';
import type { LockHolder } from '../checkpoints/lock-holder.ts';
import { systemClock } from '../clock/system-clock.ts';
import type { FileSystem } from '../file-system/file-system.ts';
import { nodeFileSystem } from '../file-system/node-file-system.ts';
import { systemCode } from '../file-system/system-code.ts';

/** The processes of the machine. */
export interface BrokerProcesses {
  holderOf(pid: number): LockHolder;
  isAlive(holder: LockHolder): boolean;
  /** Asks a process to end, or ends it. No-op where it is gone. */
  signal(pid: number, name: 'SIGTERM' | 'SIGKILL'): void;
}

export interface BrokerMachine {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The user's home folder. */
  readonly home: string;
  readonly fileSystem: FileSystem;
  readonly fetch: typeof fetch;
  readonly processes: BrokerProcesses;
  readonly clock: Clock;
}

const processes: BrokerProcesses = {
  holderOf,
  isAlive: (holder) => nodeProcesses.isAlive(holder),
  signal(pid, name) {
    try {
      process.kill(pid, name);
    } catch (error) {
      if (systemCode(error) !== 'ESRCH') throw error;
    }
  },
};

export const thisMachine: BrokerMachine = { environment: process.env, home: homedir(), fileSystem: nodeFileSystem, fetch, processes, clock: systemClock };

/** Where jars are kept, for every broker of this user: what is removed there is fetched again. */
export function cacheFolder({ environment, home }: BrokerMachine): string {
  return join(nonEmpty(environment.XDG_CACHE_HOME) ?? join(home, '.cache'), 'pretrainzero');
}

/** Where the user's broker keeps its topics, which no cleaner of caches may take. */
export function dataFolder({ environment, home }: BrokerMachine): string {
  return join(nonEmpty(environment.XDG_DATA_HOME) ?? join(home, '.local', 'share'), 'pretrainzero');
}

export function nonEmpty(text: string | undefined): string | null {
  return text === undefined || text === '' ? null : text;
}
