import { z } from 'zod';
import { secret } from './secret.ts';

const positive = z.int().min(1);
const path = z.string().min(1);

const tls = z
  .strictObject({
    ca: path.nullable().describe('PEM file of the authority that signed the brokers; null: those that Node trusts.'),
    certificate: path.nullable().describe("PEM file of the client's own certificate; null: none."),
    key: path.nullable().describe("PEM file of the client's key; null: none."),
  })
  .nullable();

const sasl = z
  .union([
    z.strictObject({ mechanism: z.enum(['plain', 'scram-sha-256', 'scram-sha-512']), username: z.string().min(1), password: secret }),
    z.strictObject({ mechanism: z.literal('oauthbearer'), token: secret }),
  ])
  .nullable();

export const kafkaSection = z.strictObject({
  brokers: z.array(z.string().regex(/^[^\s:]+:\d+$/)).min(1).describe('host:port of brokers to begin with.'),
  topicPrefix: z.string().regex(/^[\w.-]+$/).describe("A run's topics are PREFIX.NAME.EDGE, with run.name as NAME."),
  partitions: positive.describe('Partitions of each edge: how many workers of one stage can share the work.'),
  replicationFactor: positive.describe('Copies of each partition.'),
  retentionHours: z.number().positive().describe('How long messages stay on the topics.'),
  maxMessageBytes: z.int().min(10_000).describe("Larger messages are split; below the broker's message.max.bytes."),
  compressionLevel: z.int().min(1).max(19).describe('zstd level of messages.'),
  sessionTimeoutMs: positive.describe('A worker that gives no sign of life for so long loses its share to the others.'),
  weights: z.string().min(1).nullable().describe('Where policy versions lie for the workers: a folder that all can read, or `s3://BUCKET/PREFIX`; null: in the folder of the run.'),
  tls: tls.describe('Encrypted connections; null for plain ones.'),
  sasl: sasl.describe('How to prove who one is; null for nobody.'),
});

export type KafkaSection = z.infer<typeof kafkaSection>;
