/**
 * The Java that the broker runs on. In: the environment. Out: the program, that of JAVA_HOME, else `java` on the path; and its version. Fails with JAVA_MISSING where there is none, or
 * it is older than 17.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';
import { nonEmpty, type BrokerMachine } from './broker-machine.ts';

const oldestJava = 17;

export interface Java {
  readonly program: string;
  /** As it says it, for example `17.0.15`. */
  readonly version: string;
}

/** @throws JAVA_MISSING */
export function findJava({ environment }: Pick<BrokerMachine, 'environment'>): Java {
  const home = nonEmpty(environment.JAVA_HOME);
  const program = home === null ? 'java' : join(home, 'bin', 'java');
  const where = home === null ? 'on the path' : `in JAVA_HOME (${home})`;
  const { status, stderr, error } = spawnSync(program, ['-version'], { encoding: 'utf8', env: { ...environment } });
  if (error !== undefined) throw new PretrainZeroError('JAVA_MISSING', `Kafka needs Java ${oldestJava} or newer, and there is no Java ${where}`, {}, error);
  const version = /version "([^"]+)"/u.exec(stderr)?.[1];
  const major = /^(?:1\.)?(\d+)/u.exec(version ?? '')?.[1]; // 1.8 was Java 8
  if (status !== 0 || version === undefined || major === undefined) throw new PretrainZeroError('JAVA_MISSING', `The Java ${where} does not run: ${stderr.trim().slice(0, 200)}`);
  if (Number(major) < oldestJava) throw new PretrainZeroError('JAVA_MISSING', `Kafka needs Java ${oldestJava} or newer, and that ${where} is Java ${major}`);
  return { program, version };
}
