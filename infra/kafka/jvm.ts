/** How Java is called for Kafka. In: the machine. Out: program, class path and archive of classes. Fails as `findJava` and `fetchJars` do. */
import { join } from 'node:path';
import type { BrokerMachine } from './broker-machine.ts';
import { fetchJars, type FetchOptions } from './fetch-jars.ts';
import { findJava } from './find-java.ts';

export interface Jvm {
  readonly java: string;
  readonly classPath: string;
  /** Where the classes of this Java and these jars are kept as they lie in memory, once a broker has ended well. */
  readonly archive: string;
}

/** Java is looked for before anything is downloaded. @throws JAVA_MISSING, NETWORK_FAILED, CONFIG_INVALID, DISK_FULL, NOT_WRITABLE */
export async function kafkaJvm(machine: BrokerMachine, options: FetchOptions = {}): Promise<Jvm> {
  const { program, version } = findJava(machine);
  const jars = await fetchJars(machine, options);
  return { java: program, classPath: join(jars, '*'), archive: join(jars, `classes-${version.replace(/[^\w.-]/gu, '_')}.jsa`) };
}

/** For what is to start quickly and does not run long: the first compiler alone. */
export const quickJvm: readonly string[] = ['-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'];
