import { openConnection } from '../../../../infra/topics/kafka/connection.ts';
import { openKafkaBus } from '../../../../infra/topics/kafka/open-kafka-bus.ts';
import type { KafkaBusOptions } from '../../../../infra/topics/kafka/kafka-client.ts';
import { nodeFileSystem } from '../../../../infra/file-system/node-file-system.ts';
import type { BusMessage, DeliveredMessage, MessageBus } from '../../../../operators/ports/message-bus.ts';
import { baseConfig } from '../../../base-config.ts';

/** A bus on a broker that speaks without encryption, with a session short enough for tests. @param clientId what the names of its members begin with */
export async function openTestBus(brokers: readonly string[], options: Partial<KafkaBusOptions> = {}, clientId = 'trial'): Promise<MessageBus> {
  const connection = await openConnection({ ...baseConfig().kafka, brokers: [...brokers] }, clientId, { fileSystem: nodeFileSystem, environment: {}, log: () => undefined });
  return openKafkaBus({ connection, sessionTimeoutMs: 2000, maxMessageBytes: 1_000_000, ...options });
}

export function textMessage(partition: number, text: string): BusMessage {
  return { partition, key: text, headers: { text }, value: Buffer.from(text) };
}

export const textOf = ({ value }: DeliveredMessage): string => Buffer.from(value).toString();
