/** A broker that clients reach through a proxy: what they are told to connect to is the proxy. In: its folder, and settings beside the usual ones. Out: both. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { freePort } from '../../../infra/kafka/free-port.ts';
import { startBroker, type Broker } from '../../../infra/kafka/start-broker.ts';
import { brokerSkip } from '../../infra/kafka/broker-skip.ts';
import { openKafkaProxy, type KafkaProxy } from './kafka-proxy.ts';

export interface ProxiedBroker {
  readonly broker: Broker;
  readonly proxy: KafkaProxy;
}

export async function startProxiedBroker(folder: string, settings: Readonly<Record<string, string>> = {}): Promise<ProxiedBroker> {
  const port = await freePort();
  const proxy = await openKafkaProxy({ to: port });
  const own = { 'advertised.listeners': `PLAINTEXT://127.0.0.1:${proxy.port}`, 'group.min.session.timeout.ms': '500' };
  return { proxy, broker: await startBroker({ folder, port, settings: { ...own, ...settings } }) };
}

/** One for all tests of a file, in a folder of its own; none where there can be no broker. */
export function proxiedBrokerOfFile(name: string): () => ProxiedBroker {
  let [folder, shared]: [string, ProxiedBroker | null] = ['', null];
  before(async () => {
    if (brokerSkip() !== false) return;
    folder = await mkdtemp(join(tmpdir(), `${name}-`));
    shared = await startProxiedBroker(folder);
  });
  after(async () => {
    await shared?.broker.kill();
    await shared?.proxy.close();
    if (folder !== '') await rm(folder, { recursive: true });
  });
  return () => shared!;
}
