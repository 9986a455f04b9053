/**
 * Starts the process of a broker whose folder is prepared, and waits until it takes topics. In: Java, folder, address. Out: the process. Fails with BROKER_FAILED where it ends
 * or never answers, PORT_TAKEN where one of its ports is in use; then no process is left.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';
import { fileError } from '../file-system/file-error.ts';
import { awaitBroker } from './await-broker.ts';
import { brokerFiles } from './broker-files.ts';
import { quickJvm, type Jvm } from './jvm.ts';
import { readOnly, sharedClasses } from './shared-classes.ts';

export interface LaunchOptions {
  readonly folder: string;
  /** host:port that is asked whether it is ready. */
  readonly address: string;
  /** Of Java's heap. */
  readonly memoryMb: number;
  /** Lives on when this process ends; runs long. */
  readonly detached: boolean;
  /** Told once the process is there, before it is ready; what it rejects with ends it. */
  readonly onStarted?: (pid: number) => Promise<void>;
}

/** @throws BROKER_FAILED, PORT_TAKEN, DISK_FULL, NOT_WRITABLE */
export async function launchBroker(jvm: Jvm, { folder, address, memoryMb, detached, onStarted }: LaunchOptions): Promise<ChildProcess> {
  const files = brokerFiles(folder);
  const speed = detached ? ['-XX:+UseSerialGC'] : quickJvm;
  const shared = detached ? { flags: readOnly(jvm.archive), ended: () => undefined } : sharedClasses(jvm.archive, randomUUID()); // nobody hears of the end of a detached one
  const args = [`-Xmx${memoryMb}m`, ...speed, ...shared.flags, '-Djava.awt.headless=true', `-Dlog4j2.configurationFile=${files.logging}`, '-cp', jvm.classPath, 'kafka.Kafka', files.settings];
  const log = openLog(files.log);
  const child = spawn(jvm.java, args, { stdio: ['ignore', log, log], detached, cwd: folder });
  closeSync(log);
  let failure: (() => PretrainZeroError) | null = null;
  child.once('error', (cause) => (failure = () => new PretrainZeroError('BROKER_FAILED', 'Java cannot be started', { file: jvm.java }, cause)));
  child.once('exit', (_code, signal) => shared.ended(signal));
  child.once('exit', (code, signal) => (failure = () => endedEarly(files.log, signal ?? `exit code ${code}`)));
  const killWithUs = (): void => void child.kill('SIGKILL');
  if (!detached) {
    process.once('exit', killWithUs);
    child.once('exit', () => process.off('exit', killWithUs));
  }
  try {
    if (child.pid !== undefined) await onStarted?.(child.pid);
    await awaitBroker(address, files.log, () => failure?.() ?? null);
    return child;
  } catch (cause) {
    child.kill('SIGKILL');
    throw cause;
  }
}

function openLog(path: string): number {
  try {
    return openSync(path, 'w');
  } catch (error) {
    throw fileError(error, path);
  }
}

function endedEarly(file: string, how: string): PretrainZeroError {
  const lines = readFileSync(file, 'utf8').split('\n');
  const taken = lines.find((line) => line.includes('Address already in use'));
  if (taken !== undefined) return new PretrainZeroError('PORT_TAKEN', 'A port of the broker is in use', { file });
  const cause = lines.find((line) => / (?:ERROR|FATAL) /u.test(line)) ?? lines.findLast((line) => line.trim() !== '') ?? 'it said nothing';
  return new PretrainZeroError('BROKER_FAILED', `The broker ended at once (${how}): ${cause.slice(0, 300)}`, { file });
}
