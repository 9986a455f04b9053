/** The config's section `kafka` with its defaults, for tests. */
import type { KafkaSection } from '../../../../schemas/config/kafka-section.ts';

export function testSection(changes: Partial<KafkaSection>): KafkaSection {
  return {
    brokers: ['127.0.0.1:9092'],
    topicPrefix: 'pretrainzero',
    partitions: 1,
    replicationFactor: 1,
    retentionHours: 1,
    maxMessageBytes: 900_000,
    compressionLevel: 3,
    sessionTimeoutMs: 6000,
    weights: null,
    tls: null,
    sasl: null,
    ...changes,
  };
}
