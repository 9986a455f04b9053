/**
 * Waits until a broker takes new topics: its port is open long before. In: its address; `failure` says why there is no use in waiting on, null while there is. Out: nothing, once a topic could be created
 * (none is). Fails with what `failure` says, and BROKER_FAILED after two minutes, naming `log`.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { Kafka, logLevel } from 'kafkajs';
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';

const patienceMs = 120_000;
const betweenMs = 100;
const oneTryMs = 3000;

export async function awaitBroker(address: string, log: string, failure: () => PretrainZeroError | null): Promise<void> {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    const failed = failure();
    if (failed !== null) throw failed;
    if (await takesTopics(address)) return;
    if (performance.now() > deadline) throw new PretrainZeroError('BROKER_FAILED', `The broker at ${address} does not take topics after ${patienceMs / 1000} s`, { file: log });
    await wait(betweenMs);
  }
}

async function takesTopics(address: string): Promise<boolean> {
  const patience = { connectionTimeout: oneTryMs, requestTimeout: oneTryMs, retry: { retries: 0 } };
  const admin = new Kafka({ brokers: [address], clientId: 'pretrainzero-kafka', logLevel: logLevel.NOTHING, ...patience }).admin();
  try {
    await admin.connect();
    await admin.createTopics({ validateOnly: true, waitForLeaders: false, timeout: oneTryMs, topics: [{ topic: 'pretrainzero-probe', numPartitions: 1, replicationFactor: 1 }] });
    return true;
  } catch {
    return false;
  } finally {
    await admin.disconnect().catch(() => undefined);
  }
}
