/** What a local broker asks of the machine, so that tests can give their own. */
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { FileSystem } from '../file-system/file-system.ts';
import { nodeFileSystem } from '../file-system/node-file-system.ts';

export interface BrokerMachine {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The user's home folder. */
  readonly home: string;
  readonly fileSystem: FileSystem;
  readonly fetch: typeof fetch;
}

export const thisMachine: BrokerMachine = { environment: process.env, home: homedir(), fileSystem: nodeFileSystem, fetch };

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
