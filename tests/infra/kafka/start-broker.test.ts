import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { Kafka, logLevel } from 'kafkajs';
import { startBroker } from '../../../infra/kafka/start-broker.ts';
import { brokerSkip } from './broker-skip.ts';

const skip = brokerSkip();

test('a broker takes topics and messages, and has them after it was killed and started again', { skip }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'broker-'));
  const broker = await startBroker({ folder });
  try {
    const client = new Kafka({ brokers: broker.brokers, logLevel: logLevel.NOTHING });
    const admin = client.admin();
    await admin.connect();
    await admin.createTopics({ topics: [{ topic: 'a', numPartitions: 2 }] });
    const producer = client.producer();
    await producer.connect();
    await producer.send({ topic: 'a', messages: [{ partition: 1, value: 'x' }] });
    await Promise.all([producer.disconnect(), admin.disconnect()]);
    const first = broker.pid;
    await broker.kill();
    await broker.restart();
    assert.notEqual(broker.pid, first);
    await admin.connect();
    assert.deepEqual(new Map((await admin.fetchTopicOffsets('a')).map(({ partition, high }) => [partition, high])), new Map([[0, '0'], [1, '1']]));
    await admin.disconnect();
  } finally {
    await broker.stop();
    await rm(folder, { recursive: true });
  }
});
