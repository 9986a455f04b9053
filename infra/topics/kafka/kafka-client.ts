/**
 * The client library with the settings that matter. In: how to connect. Out: a client whose producers, consumers and admin outlive a broker that is gone for a while.
 * What the library would print goes to `onTrouble`, warnings and errors only.
 */
import { Kafka, logLevel, type KafkaConfig, type LogEntry, type RetryOptions } from 'kafkajs';

/** Brokers, client id, TLS and SASL. */
export type KafkaConnection = Pick<KafkaConfig, 'brokers' | 'clientId' | 'ssl' | 'sasl'>;

export interface KafkaBusOptions {
  readonly connection: KafkaConnection & { readonly brokers: string[] };
  /** A member of a group that gives no sign of life for so long loses its partitions. */
  readonly sessionTimeoutMs: number;
  /** The broker's limit for a message, and so for what is sent to a partition at once. */
  readonly maxMessageBytes: number;
  /** How long brokers may be out of reach before it is an error. @default 5 minutes; 20 seconds at the start */
  readonly patienceMs?: number;
  /** Told what the library warns of: lost connections, retries. */
  readonly onTrouble?: (what: string) => void;
}

/** A bus in the making: what its parts share. */
export interface KafkaClient {
  readonly kafka: Kafka;
  readonly brokers: readonly string[];
  readonly patienceMs: number;
  readonly options: KafkaBusOptions;
}

/** Begins at once and goes on: a broker that restarts is back within a second of its port. `withPatience` ends it. */
export const steadyRetry: RetryOptions = { initialRetryTime: 20, maxRetryTime: 1000, retries: 1000 };

export function createKafkaClient(options: KafkaBusOptions): KafkaClient {
  const { connection, patienceMs = 300_000 } = options;
  return { kafka: kafkaOf(options, steadyRetry), brokers: connection.brokers, patienceMs, options };
}

/** @param retry the library's; none for a first try that should fail at once */
export function kafkaOf({ connection, onTrouble }: KafkaBusOptions, retry: RetryOptions): Kafka {
  const logCreator = () => ({ namespace, log }: LogEntry) => onTrouble?.(`${namespace}: ${log.message}${typeof log['error'] === 'string' ? ` (${log['error']})` : ''}`);
  return new Kafka({ ...connection, connectionTimeout: 5000, requestTimeout: 30_000, retry, logLevel: onTrouble === undefined ? logLevel.NOTHING : logLevel.WARN, logCreator });
}
