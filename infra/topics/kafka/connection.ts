/**
 * How this process reaches the brokers. In: the config's section `kafka`, and the environment and files that its secrets are in. Out: kafkajs's options, and what makes its failures and words fit to be
 * shown. Secrets are read here, once, and are nowhere else. Fails with SECRET_MISSING, NOT_READABLE, CONFIG_INVALID; of `reach`: BROKER_UNREACHABLE, BROKER_REFUSED.
 */
import { Kafka, logLevel, type KafkaConfig } from 'kafkajs';
import type { KafkaSection } from '../../../schemas/config/kafka-section.ts';
import { PretrainZeroError } from '../../../schemas/pretrain-zero-error.ts';
import type { SecretWorld } from '../../secrets/read-secret.ts';
import { brokerError, type BrokerAction } from './broker-error.ts';
import { clientLog } from './client-log.ts';
import { isLostTrack } from './failure-kinds.ts';
import { keepSockets } from './kept-sockets.ts';
import { createRedactor } from './redactor.ts';
import { saslOptions } from './sasl-options.ts';
import { tlsOptions } from './tls-options.ts';

export interface ConnectionWorld extends SecretWorld {
  /** Takes what kafkajs warns of, a line a time, without secrets. */
  readonly log: (line: string) => void;
}

export interface KafkaConnection {
  readonly client: Kafka;
  /** What an error means; what is none of kafkajs's as it is. */
  failure(error: unknown, action: BrokerAction): unknown;
  redact(text: string): string;
  /** Connects once and proves who one is: what is wrong is told in seconds, where the client itself goes on for as long as an outage may take. */
  reach(): Promise<void>;
  /** Ends the connections that the client has lost sight of; after its own parts were closed. */
  close(): void;
}

/**
 * Goes on through an outage of a quarter of an hour. The client's own defaults give up after seconds.
 */
const patient = { initialRetryTime: 20, maxRetryTime: 1000, retries: 1000 } as const;

/** A few seconds: the broker may be starting. */
const brief = { initialRetryTime: 200, maxRetryTime: 2000, retries: 3 } as const;

/** @throws SECRET_MISSING, NOT_READABLE, CONFIG_INVALID */
export async function openConnection(section: KafkaSection, clientId: string, world: ConnectionWorld): Promise<KafkaConnection> {
  const redactor = createRedactor();
  const sockets = keepSockets();
  let closed = false;
  const log = (line: string): void => {
    if (!closed) world.log(line); // it complains of the end of its own connections
  };
  const ssl = await tlsOptions(section, world.fileSystem, redactor);
  const sasl = await saslOptions(section, world, redactor);
  const config: KafkaConfig = {
    brokers: section.brokers,
    clientId,
    socketFactory: sockets.factory,
    logLevel: logLevel.WARN,
    logCreator: clientLog(log, redactor),
    ...(ssl === null ? {} : { ssl }),
    ...(sasl === null ? {} : { sasl }),
  };
  const failure = (error: unknown, action: BrokerAction): unknown => brokerError(error, action, redactor);
  return {
    client: new Kafka({ ...config, retry: patient }),
    failure,
    redact: (text) => redactor.redact(text),
    close: () => {
      closed = true;
      sockets.close();
    },
    async reach() {
      const admin = new Kafka({ ...config, logLevel: logLevel.NOTHING, connectionTimeout: 5000, retry: { ...brief, retries: brief.retries + section.brokers.length } }).admin();
      try {
        await admin.connect();
        await admin.describeCluster(); // needs no right, but to have proven who one is
      } catch (error) {
        throw isLostTrack(error) ? new PretrainZeroError('BROKER_UNREACHABLE', 'The brokers went away while they were asked') : failure(error, { right: 'DESCRIBE' });
      } finally {
        await admin.disconnect().catch(() => undefined);
      }
    },
  };
}
