import type { Kafka, RetryOptions } from 'kafkajs';
import { PretrainZeroError } from '../../../schemas/pretrain-zero-error.ts';
import type { BrokerAction } from './broker-error.ts';
import type { KafkaConnection } from './connection.ts';
import { createRepetition, type Repetition } from './repetition.ts';
import { withPatience } from './with-patience.ts';

export interface KafkaBusOptions {
  readonly connection: KafkaConnection;
  /** A member of a group that gives no sign of life for so long loses its partitions. */
  readonly sessionTimeoutMs: number;
  /** The broker's limit for a message, and so for all that goes to a partition at once. */
  readonly maxMessageBytes: number;
  /** How long brokers may be out of reach before it is an error. @default 5 minutes, and 15 seconds at the start */
  readonly patienceMs?: number;
}

/** What the parts of a bus share. */
export interface KafkaClient {
  readonly kafka: Kafka;
  readonly options: KafkaBusOptions;
  readonly patienceMs: number;
  /** An attempt's outcome, as our own error where it fails, or where it goes on for longer than `patienceMs`. */
  attempt<T>(what: Promise<T>, action: BrokerAction): Promise<T>;
  /** The same of a request that may be made again, which it is where its failure passes. */
  persist<T>(request: () => Promise<T>, action: BrokerAction): Promise<T>;
  repetition(over: () => boolean): Repetition;
  failure(error: unknown, action: BrokerAction): unknown;
}

/** Begins at once and goes on: a broker that restarts is found within a second. `patienceMs` ends it. */
export const steadyRetry: RetryOptions = { initialRetryTime: 20, maxRetryTime: 1000, retries: 1000 };

export function createKafkaClient(options: KafkaBusOptions): KafkaClient {
  const { connection, patienceMs = 300_000 } = options;
  const failure = (error: unknown, action: BrokerAction): unknown => connection.failure(error, action);
  const repetition = (over: () => boolean): Repetition => createRepetition(() => connection.reach(), over);
  const attempt: KafkaClient['attempt'] = (what, action) => withPatience(what, patienceMs, () => outOfReach(patienceMs, action)).catch((error: unknown) => Promise.reject(failure(error, action) as Error));
  return {
    kafka: connection.client,
    options,
    patienceMs,
    attempt,
    persist: (request, action) => {
      const deadline = performance.now() + patienceMs;
      return attempt(persist(request, repetition(() => performance.now() > deadline)), action);
    },
    repetition,
    failure,
  };
}

/** The library gives many requests up with the connection they were made on. */
async function persist<T>(request: () => Promise<T>, repetition: Repetition): Promise<T> {
  for (;;) {
    try {
      return await request();
    } catch (error) {
      if (!(await repetition.again(error))) throw error;
    }
  }
}

export function outOfReach(patienceMs: number, { right, topics = [], group }: BrokerAction): PretrainZeroError {
  const concerned = [...topics.map((topic) => `the topic ${topic}`), ...(group === undefined ? [] : [`the group ${group}`])].join(', ');
  return new PretrainZeroError('BROKER_UNREACHABLE', `No broker has answered for ${patienceMs / 1000} s (${right.toLowerCase()}${concerned === '' ? '' : `: ${concerned}`})`);
}
