/**
 * The jars of a Kafka broker. In: the machine. Out: a folder that has them all, each checked against its pinned SHA-256; fetched from a Maven repository where they are not in
 * the cache. Fails with NETWORK_FAILED (also where what came is another file), CONFIG_INVALID, DISK_FULL, NOT_WRITABLE.
 */
import { createHash } from 'node:crypto';
import { basename, join } from 'node:path';
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';
import { withRetries, type RetryOptions } from '../hub/with-retries.ts';
import { onFile } from '../file-system/file-error.ts';
import { sha256File } from '../file-system/read-file.ts';
import { cacheFolder, type BrokerMachine } from './broker-machine.ts';
import { kafkaJars, kafkaVersion, type Jar } from './jars/kafka-jars.ts';
import { mavenRepository, type MavenRepository } from './maven-repository.ts';

const atOnce = 4;
const patienceMs = 120_000; // for one jar

export interface FetchOptions extends RetryOptions {
  /** Called as bytes come, of those that were missing. */
  readonly onProgress?: (bytes: number, ofBytes: number) => void;
  /** @default what Kafka needs */
  readonly jars?: readonly Jar[];
}

/** @throws NETWORK_FAILED, CONFIG_INVALID, DISK_FULL, NOT_WRITABLE */
export async function fetchJars(machine: BrokerMachine, options: FetchOptions = {}): Promise<string> {
  const { jars = kafkaJars, onProgress } = options;
  const { fileSystem } = machine;
  const folder = join(cacheFolder(machine), `kafka-${kafkaVersion}`);
  await onFile(folder, () => fileSystem.makeDirectory(folder));
  const missing: Jar[] = [];
  for (const jar of jars) if (!(await isThere(jar, folder, machine))) missing.push(jar);
  if (missing.length === 0) return folder;
  const repository = await mavenRepository(machine);
  const total = missing.reduce((sum, { bytes }) => sum + bytes, 0);
  let done = 0;
  const waiting = [...missing];
  const worker = async (): Promise<void> => {
    for (let jar = waiting.shift(); jar !== undefined; jar = waiting.shift()) {
      await bring(jar, repository, placeOf(jar, folder), machine, options);
      done += jar.bytes;
      onProgress?.(done, total);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return folder;
}

function placeOf({ path }: Jar, folder: string): string {
  return join(folder, basename(path));
}

/** What is there and another file is taken away. */
async function isThere(jar: Jar, folder: string, { fileSystem }: BrokerMachine): Promise<boolean> {
  const path = placeOf(jar, folder);
  const size = await fileSystem.size(path);
  if (size === null) return false;
  if (size === jar.bytes && (await sha256File(fileSystem, path)) === jar.sha256) return true;
  await onFile(path, () => fileSystem.remove(path));
  return false;
}

/** Whole or not at all: another process may be bringing the same file. */
async function bring({ path: jarPath, bytes: size, sha256 }: Jar, repository: MavenRepository, path: string, { fetch, fileSystem }: BrokerMachine, options: RetryOptions): Promise<void> {
  const address = `${repository.address}/${jarPath}`;
  const bytes = await withRetries('the Maven repository does not give the file', address, options, async () => {
    const response = await fetch(address, { headers: repository.headers, signal: AbortSignal.timeout(patienceMs) });
    if (response.status === 404 || response.status === 410) throw new PretrainZeroError('NETWORK_FAILED', 'The Maven repository does not have the file; PRETRAINZERO_MAVEN names another', { file: address });
    if (!response.ok) throw new Error(`it answers ${response.status}`);
    const body = new Uint8Array(await response.arrayBuffer());
    if (body.length < size) throw new Error(`${body.length} of ${size} bytes came`);
    return body;
  });
  if (createHash('sha256').update(bytes).digest('hex') !== sha256) throw new PretrainZeroError('NETWORK_FAILED', 'What came is not the file that this version was made with: its SHA-256 is another', { file: address });
  await onFile(path, () => fileSystem.createIfAbsent(path, bytes));
}
