/** A bus on a broker of its own, for the tests of one file. In: whether they are left out. Out: both, once the tests run; topics, and messages that are numbers. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { startBroker, type Broker } from '../../../../infra/kafka/start-broker.ts';
import type { DeliveredMessage, MessageBus } from '../../../../operators/ports/message-bus.ts';
import { openTestBus, textMessage, textOf } from './open-test-bus.ts';

export interface BusTrial {
  readonly broker: Broker;
  readonly bus: MessageBus;
  newTopic(partitions: number, settings?: Readonly<Record<string, string>>): Promise<string>;
  publishAll(topic: string, texts: readonly string[], partitions: number): Promise<unknown>;
}

export function busTrial(skip: string | false): BusTrial {
  let opened: { readonly folder: string; readonly broker: Broker; readonly bus: MessageBus } | undefined;
  let topics = 0;
  before(async () => {
    if (skip !== false) return;
    const folder = await mkdtemp(join(tmpdir(), 'kafka-bus-'));
    const broker = await startBroker({ folder, settings: { 'group.min.session.timeout.ms': '500' } });
    opened = { folder, broker, bus: await openTestBus(broker.brokers) };
  });
  after(async () => {
    await opened?.bus.close();
    await opened?.broker.kill();
    if (opened !== undefined) await rm(opened.folder, { recursive: true });
  });
  return {
    get broker() {
      return opened!.broker;
    },
    get bus() {
      return opened!.bus;
    },
    async newTopic(partitions, settings = {}) {
      const name = `trial.${++topics}`;
      await opened!.bus.createTopics([{ name, partitions, replicationFactor: 1, settings }]);
      return name;
    },
    publishAll: (topic, texts, partitions) => Promise.all(texts.map((text) => opened!.bus.publish(topic, [textMessage(Number(text) % partitions, text)]))),
  };
}

export const numbered = (from: number, to: number): string[] => Array.from({ length: to - from }, (_, i) => String(from + i));
export const atLeast = (count: number) => (items: readonly unknown[]): boolean => items.length >= count;
export const inPartition = (messages: readonly DeliveredMessage[], partition: number): string[] => messages.filter((message) => message.partition === partition).map(textOf);
