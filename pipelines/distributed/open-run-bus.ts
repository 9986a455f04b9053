/** The topics of a run over Kafka. In: the config, and who asks. Out: the run's bus. Can go wrong: BROKER_UNREACHABLE, BROKER_REFUSED, SECRET_MISSING, NOT_READABLE. */
import { nodeFileSystem } from '../../infra/file-system/node-file-system.ts';
import { openConnection } from '../../infra/topics/kafka/connection.ts';
import { openKafkaBus } from '../../infra/topics/kafka/open-kafka-bus.ts';
import { openMessageCodec } from '../../infra/topics/messages/open-message-codec.ts';
import type { Config } from '../../schemas/config/config.ts';
import { createRunBus, type RunBus } from './run-bus.ts';

export interface OpenRunBusOptions {
  /** Names the process to the brokers. */
  readonly clientId: string;
  /** Takes the client's own words, a line a time, without secrets. */
  readonly log?: (line: string) => void;
  /** Told of each message that could not be read. */
  readonly onRefused?: (what: string) => void;
}

export async function openRunBus(config: Config, { clientId, log = () => undefined, onRefused }: OpenRunBusOptions): Promise<RunBus> {
  const { sessionTimeoutMs, maxMessageBytes, compressionLevel } = config.kafka;
  const connection = await openConnection(config.kafka, clientId, { environment: process.env, fileSystem: nodeFileSystem, log });
  const bus = await openKafkaBus({ connection, sessionTimeoutMs, maxMessageBytes });
  const codec = await openMessageCodec({ run: config.run.name, maxMessageBytes, compressionLevel });
  return createRunBus({ config, bus, codec, ...(onRefused && { onRefused }) });
}
