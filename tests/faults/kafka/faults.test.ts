/**
 * What one process promises, over a real broker with each worker a process of its own, under faults. Needs Java (infra/kafka). PRETRAINZERO_KILLS=10 is what a release is checked with: ten moments a fault, the
 * broker away for ten seconds; CI keeps to a few.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Broker } from '../../../infra/kafka/start-broker.ts';
import { seedOf, uniforms } from '../../../operators/flow/seeds.ts';
import type { Config } from '../../../schemas/config/config.ts';
import { brokerSkip } from '../../infra/kafka/broker-skip.ts';
import { stubConfig } from '../../stub-config.ts';
import { assertAsUndisturbed } from './assert-as-undisturbed.ts';
import { disturbedRun, type DisturbedRun, type Fault } from './disturbed-run.ts';
import { comeAndGo, cutConnections, dropAcknowledgements, fillDisk, killBroker, killWorker, pauseWorker } from './faults.ts';
import type { KafkaProxy } from './kafka-proxy.ts';
import { startProxiedBroker } from './proxied-broker.ts';

const kills = Number(process.env.PRETRAINZERO_KILLS ?? 2);
const seed = Number(process.env.PRETRAINZERO_SEED ?? 5);
const brokerAbsenceMs = kills >= 10 ? 10_000 : 1000;
const steps = Math.max(4, kills + 2);
const timeout = 120_000 + 60_000 * kills; // for a machine that is busy: an idle one takes a tenth of it
const skip = brokerSkip();
const folder = mkdtempSync(join(tmpdir(), 'pretrainzero-kafka-faults-'));
let broker: Broker;
let proxy: KafkaProxy;

before(async () => {
  if (skip !== false) return;
  ({ broker, proxy } = await startProxiedBroker(join(folder, 'broker'), { 'broker.session.timeout.ms': '3000' }));
});
after(async () => {
  if (skip === false) {
    await broker.stop();
    await proxy.close();
  }
  rmSync(folder, { recursive: true, force: true });
});

function configOf(name: string): Config {
  const kafka = { brokers: [`127.0.0.1:${proxy.port}`], partitions: 3, sessionTimeoutMs: 4000, maxMessageBytes: 12_000, weights: join(folder, 'weights') };
  return stubConfig({ transport: 'kafka', run: { name, steps, checkpointEvery: 2 }, kafka }); // messages of scored groups are split
}

interface Trial {
  readonly name: string;
  readonly fault: () => Fault;
  /** @default one a stage, two of predict-spans */
  readonly workers?: string;
  readonly where?: string;
}

/** Runs, and asserts all that a fault must leave as it is. */
async function endure({ name, fault, workers = 'predict-spans=2', where = folder }: Trial, told: (line: string) => void): Promise<DisturbedRun> {
  const config = configOf(name);
  const directory = join(where, name);
  const draw = uniforms(seedOf(seed, name));
  const run = await disturbedRun({ broker, proxy }, config, { fault: fault(), times: kills, draw, workers, directory });
  told(`seed ${seed}: ${run.momentsMs.length} times, at ${run.momentsMs.map((ms) => (ms / 1000).toFixed(2)).join(', ')} s of ${(run.ranMs / 1000).toFixed(1)} s`);
  assert.equal(run.momentsMs.length, kills);
  assert.deepEqual({ kind: run.outcome.kind, step: run.outcome.step }, { kind: 'completed', step: steps });
  await assertAsUndisturbed(config, directory, run.records, { folder });
  return run;
}

test('the broker, killed with -9 and back after some seconds', { skip, timeout }, async (t) => {
  const run = await endure({ name: 'outage', fault: () => killBroker(brokerAbsenceMs) }, (line) => t.diagnostic(line));
  assert.deepEqual(run.deaths, []); // nobody has to be started again
});

for (const stage of ['source', 'generate-masks', 'predict-spans', 'score-groups', 'train', 'log']) {
  test(`the worker ${stage}, killed with -9`, { skip, timeout }, async (t) => {
    const run = await endure({ name: `kill-${stage}`, fault: () => killWorker(stage) }, (line) => t.diagnostic(line));
    assert.deepEqual(run.deaths.map((death) => [death.stage, death.exit.signal ?? death.exit]), Array.from({ length: kills }, () => [stage, 'SIGKILL']));
  });
}

test('a worker, paused past its session time-out and woken', { skip, timeout }, async (t) => {
  await endure({ name: 'paused', fault: () => pauseWorker }, (line) => t.diagnostic(line));
});

test('connections, cut', { skip, timeout }, async (t) => {
  const run = await endure({ name: 'cut', fault: () => cutConnections }, (line) => t.diagnostic(line));
  assert.deepEqual(run.deaths, []);
});

test('acknowledgements of what was written, lost', { skip, timeout }, async (t) => {
  const before = proxy.dropped('Produce');
  const run = await endure({ name: 'unacknowledged', fault: () => dropAcknowledgements }, (line) => t.diagnostic(line));
  assert.deepEqual(run.deaths, []);
  assert.ok(proxy.dropped('Produce') >= before + kills);
});

test('workers that come, and go', { skip, timeout }, async (t) => {
  const run = await endure({ name: 'rebalanced', fault: comeAndGo }, (line) => t.diagnostic(line));
  assert.deepEqual(run.deaths.filter(({ exit }) => exit.signal !== 'SIGTERM'), []); // who is told to go before it listens goes by the signal
});

const disk = join(folder, 'disk');
test('the disk of the log, full', { skip, timeout }, async (t) => {
  if (!mountSmallDisk(disk)) return t.skip('NOT TESTED with a full disk: none of its own can be mounted');
  try {
    const run = await endure({ name: 'full', fault: () => fillDisk, where: disk }, (line) => t.diagnostic(line));
    assert.ok(run.deaths.length > 0);
    for (const { stage, exit } of run.deaths) assert.deepEqual([stage, exit.failure?.code], ['log', 'DISK_FULL']);
  } finally {
    spawnSync('umount', [disk]);
  }
});

/** A file system of a few megabytes, where this process may mount one. */
function mountSmallDisk(where: string): boolean {
  mkdirSync(where);
  return spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', where]).status === 0;
}
