/**
 * A model on a Tinker server, driven over a real broker by several workers, each a process of its own: requests and replies are lost on the way to the server, it pushes back, and workers are killed.
 * Needs Java (infra/kafka).
 */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Broker } from '../../../infra/kafka/start-broker.ts';
import { seedOf, uniforms } from '../../../operators/flow/seeds.ts';
import type { Faults } from '../../infra/engine/tinker/fake/fault.ts';
import { stubServer } from '../../infra/engine/tinker/fake/stub-server.ts';
import { brokerSkip } from '../../infra/kafka/broker-skip.ts';
import { stubConfig } from '../../stub-config.ts';
import { assertAsUndisturbed } from './assert-as-undisturbed.ts';
import { disturbedRun } from './disturbed-run.ts';
import { killWorker } from './faults.ts';
import type { KafkaProxy } from './kafka-proxy.ts';
import { startProxiedBroker } from './proxied-broker.ts';

const kills = Number(process.env.PRETRAINZERO_KILLS ?? 2);
const seed = Number(process.env.PRETRAINZERO_SEED ?? 5);
const steps = Math.max(4, kills + 2);
const timeout = 120_000 + 60_000 * kills; // for a machine that is busy
const skip = brokerSkip();
const folder = mkdtempSync(join(tmpdir(), 'pretrainzero-kafka-tinker-'));
let broker: Broker;
let proxy: KafkaProxy;

before(async () => {
  if (skip !== false) return;
  ({ broker, proxy } = await startProxiedBroker(join(folder, 'broker')));
});
after(async () => {
  if (skip === false) {
    await broker.stop();
    await proxy.close();
  }
  rmSync(folder, { recursive: true, force: true });
});

/** Every third request of a kind fares badly, each time in another way. */
const troubles: Faults = ({ path, before }) => {
  if (before % 3 !== 0 || path.startsWith('training_runs')) return null;
  const trouble = (['cut', 'reply-lost', { status: 429 }, { status: 503 }, 'try-again'] as const)[(before / 3) % 5]!;
  return trouble === 'try-again' && path !== 'retrieve_future' ? 'cut' : trouble;
};

/** Checkpoints name places on the server. */
const isRecord = (path: string): boolean => /^(?:samples|metrics|dead-letters)\b/u.test(path);

for (const stage of ['generate-masks', 'predict-spans', 'train']) {
  test(`several workers on one server, over troubles of its network, and the worker ${stage} killed`, { skip, timeout }, async (t) => {
    const [server, other] = [await stubServer(), await stubServer()];
    t.after(() => Promise.all([server.fake.stop(), other.fake.stop()]));
    server.fake.faults = troubles;
    const name = `tinker-${stage}`;
    const kafka = { brokers: [`127.0.0.1:${proxy.port}`], partitions: 3, sessionTimeoutMs: 4000, maxMessageBytes: 12_000, weights: join(folder, 'weights') };
    const config = stubConfig({ transport: 'kafka', run: { name, steps, checkpointEvery: 1 }, kafka });
    const directory = join(folder, name);
    const disturbance = { fault: killWorker(stage), times: kills, draw: uniforms(seedOf(seed, name)), workers: 'generate-masks=2,predict-spans=3', directory, tinker: server.options };
    const { outcome, records, deaths, momentsMs } = await disturbedRun({ broker, proxy }, config, disturbance);
    assert.deepEqual([outcome.kind, outcome.step, momentsMs.length], ['completed', steps, kills]);
    assert.deepEqual(deaths.map((death) => [death.stage, death.exit.signal ?? death.exit]), Array.from({ length: kills }, () => [stage, 'SIGKILL']));
    await assertAsUndisturbed(config, directory, records, { folder, engine: await other.open(), shares: isRecord });
    const trained = records.logged.map(({ gradientBatches }) => gradientBatches.reduce((sum, { responses }) => sum + responses, 0)).filter((responses) => responses > 0);
    const stepped = server.fake.tinker.steps.map(({ data }) => data);
    if (stage === 'train') assert.ok(stepped.length >= trained.length); // the server goes back to the checkpoint, and does again what the log had not
    else assert.deepEqual(stepped, trained);
  });
}
