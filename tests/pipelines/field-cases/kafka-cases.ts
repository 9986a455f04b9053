import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { newDirectory } from '../stub-run.ts';
import type { FieldCase } from './field-case.ts';

const [ca = '', otherCa = ''] = rootCertificates.slice(0, 2).map(writeCertificate);
const secured = [`kafka.tls={ca: ${ca}, certificate: null, key: null}`];

/** Of a run over Kafka, without a broker: what its topics, connection and messages would be. */
export const kafkaCases: readonly FieldCase[] = [
  { key: 'kafka.brokers', value: '[10.0.0.5:9092]', differs: ['client'] },
  { key: 'kafka.topicPrefix', value: 'other', differs: ['topics'] },
  { key: 'kafka.partitions', value: '3', differs: ['topics'] },
  { key: 'kafka.replicationFactor', value: '3', differs: ['topics'] },
  { key: 'kafka.retentionHours', value: '2', differs: ['topics'] },
  { key: 'kafka.maxMessageBytes', value: '20000', differs: ['topics', 'messages'] },
  { key: 'kafka.compressionLevel', value: '19', differs: ['messages'] },
  { key: 'kafka.sessionTimeoutMs', value: '20000', differs: ['client'] },
  { key: 'kafka.weights', value: join(newDirectory(), 'shared'), differs: ['weights'] },
  { key: 'kafka.tls.ca', value: otherCa, differs: ['tls'], given: secured },
  { key: 'kafka.tls.certificate', value: ca, differs: ['refused'], given: secured },
  { key: 'kafka.tls.key', value: ca, differs: ['refused'], given: secured },
  { key: 'kafka.sasl', value: '{mechanism: plain, username: worker, password: {env: KAFKA_PASSWORD}}', differs: ['sasl'] },
];

/** A certificate that comes with Node, in a file. */
function writeCertificate(text: string): string {
  const file = join(newDirectory(), 'authority.pem');
  writeFileSync(file, text);
  return file;
}
