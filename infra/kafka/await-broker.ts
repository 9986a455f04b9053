/**
 * Waits until a broker takes new topics: its port is open long before. In: its address. Out: nothing, once a topic could be created (none is). `ended` ends the wait: a
 * rejection is passed on.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { Kafka, logLevel } from 'kafkajs';
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';

const patienceMs = 120_000;
const betweenMs = 100;
const oneTryMs = 3000;

/** @throws BROKER_FAILED after two minutes, naming `log` */
export async function awaitBroker(address: string, log: string, ended: Promise<never>): Promise<void> {
  const deadline = performance.now() + patienceMs;
  while (!(await Promise.race([takesTopics(address), ended]))) {
    if (performance.now() > deadline) throw new PretrainZeroError('BROKER_FAILED', `The broker at ${address} does not take topics after ${patienceMs / 1000} s`, { file: log });
    await Promise.race([wait(betweenMs), ended]);
  }
}

export async function takesTopics(address: string): Promise<boolean> {
  const admin = new Kafka({ brokers: [address], clientId: 'pretrainzero-kafka', logLevel: logLevel.NOTHING, connectionTimeout: oneTryMs, requestTimeout: oneTryMs, retry: { retries: 0 } }).admin();
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
