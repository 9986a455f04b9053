/**
 * Workers on another host: in a network namespace of their own, with one cable to the brokers' and without a way to this one's loopback. Needs Java, and Linux with the right to make namespaces; said loudly where it is
 * not there.
 */
import assert from 'node:assert/strict';
import { fork, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { stringify } from 'yaml';
import { freePort } from '../../../infra/kafka/free-port.ts';
import { startBroker, type Broker } from '../../../infra/kafka/start-broker.ts';
import { forkWorker } from '../../../infra/processes/fork-worker.ts';
import { openRunBus } from '../../../pipelines/distributed/open-run-bus.ts';
import { groupName, runTopics } from '../../../pipelines/distributed/run-topics.ts';
import { supervise } from '../../../pipelines/distributed/supervise.ts';
import { namedTopologies } from '../../../pipelines/named-topologies.ts';
import { configSchema } from '../../../schemas/config/config.ts';
import { brokerSkip } from '../../infra/kafka/broker-skip.ts';
import { stubConfig } from '../../stub-config.ts';
import { assertAsUndisturbed } from './assert-as-undisturbed.ts';
import { openKafkaProxy, type KafkaProxy } from './kafka-proxy.ts';
import { readRunRecords } from './read-run-records.ts';

const id = process.pid % 10_000;
const [namespace, here, there] = [`pz${id}`, `pzh${id}`, `pzt${id}`];
const subnet = `10.${200 + (id % 50)}.${Math.floor(id / 50) % 250}`;
const program = fileURLToPath(new URL('stub-worker.js', import.meta.url));
const ip = (...args: string[]): boolean => spawnSync('ip', args).status === 0;
const elsewhere = ['generate-masks', 'predict-spans'] as const;

/** Whether the namespace is there, with its cable. */
function layCable(): boolean {
  if (!ip('netns', 'add', namespace)) return false;
  return (
    ip('link', 'add', here, 'type', 'veth', 'peer', 'name', there, 'netns', namespace) &&
    ip('addr', 'add', `${subnet}.1/30`, 'dev', here) &&
    ip('link', 'set', here, 'up') &&
    ip('-n', namespace, 'addr', 'add', `${subnet}.2/30`, 'dev', there) &&
    ip('-n', namespace, 'link', 'set', there, 'up')
  );
}

function removeCable(): void {
  ip('link', 'del', here);
  ip('netns', 'del', namespace);
}

const skip = brokerSkip();

test('workers in another network namespace do their share, and the folder is that of one process', { skip, timeout: 120_000 }, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'pretrainzero-namespaces-'));
  const children: ChildProcess[] = [];
  const open: { broker?: Broker; proxy?: KafkaProxy } = {};
  t.after(async () => {
    children.forEach((child) => child.kill('SIGKILL'));
    await open.broker?.kill();
    await open.proxy?.close();
    removeCable();
    rmSync(folder, { recursive: true, force: true });
  });
  if (!layCable()) {
    console.error('NOT TESTED between two network namespaces: this machine lets none be made');
    return t.skip('no network namespace can be made');
  }
  const port = await freePort();
  const proxy = (open.proxy = await openKafkaProxy({ host: `${subnet}.1`, to: port }));
  const address = `${subnet}.1:${proxy.port}`; // what both sides are told to connect to
  open.broker = await startBroker({ folder: join(folder, 'broker'), port, settings: { 'advertised.listeners': `PLAINTEXT://${address}`, 'group.min.session.timeout.ms': '500' } });
  const config = stubConfig({ transport: 'kafka', run: { name: 'two-hosts', steps: 3 }, kafka: { brokers: [address], partitions: 3, sessionTimeoutMs: 3000, weights: join(folder, 'weights') } });
  const directory = join(folder, 'run');
  const file = join(folder, 'config.yaml');
  writeFileSync(file, stringify(configSchema.parse(config)));
  const run = await openRunBus(config, { clientId: 'test' });
  await run.bus.createTopics(runTopics(config, namedTopologies[config.pipeline]));
  for (const stage of elsewhere) {
    children.push(fork(program, [file, stage, directory, '5'], { execPath: 'ip', execArgv: ['netns', 'exec', namespace, process.execPath], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] }));
  }
  const ends = children.map((child) => once(child, 'exit') as Promise<[number | null]>);
  const groups = elsewhere.map((stage) => groupName(config, stage));
  while ((await run.bus.groupFigures(groups, [])).some(({ members }) => members === 0)) await sleep(100);

  const started: string[] = [];
  const { done } = supervise(config, {
    ...{ directory, resume: false, workers: {}, signal: new AbortController().signal },
    start: (stage) => {
      started.push(stage);
      return forkWorker(program, [file, stage, directory, '5']);
    },
  });
  assert.equal((await done).kind, 'completed');
  assert.deepEqual(started, ['log', 'train', 'source', 'score-groups']); // the others have workers already
  assert.deepEqual((await Promise.all(ends)).map(([code]) => code), [0, 0]);
  const received = Number(readFileSync(`/sys/class/net/${here}/statistics/rx_bytes`, 'utf8'));
  assert.ok(received > 10_000, `${received} bytes came over the cable`);
  await assertAsUndisturbed(config, directory, await readRunRecords(run, directory, config.run.steps), { folder });
  await run.bus.close();
});
