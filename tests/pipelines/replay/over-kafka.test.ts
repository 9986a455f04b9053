/** A log on topics: put there by a replay, and replayed from there; and the topics of a run itself. Over a bus within the process and over a real broker (Java, infra/kafka). */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { startBroker, type Broker } from '../../../infra/kafka/start-broker.ts';
import { openMessageCodec } from '../../../infra/topics/messages/open-message-codec.ts';
import type { MessageBus } from '../../../operators/ports/message-bus.ts';
import { createRunBus, type RunBus } from '../../../pipelines/distributed/run-bus.ts';
import { runTopics } from '../../../pipelines/distributed/run-topics.ts';
import { namedTopologies } from '../../../pipelines/named-topologies.ts';
import { replay } from '../../../pipelines/replay.ts';
import type { Config } from '../../../schemas/config/config.ts';
import { brokerSkip } from '../../infra/kafka/broker-skip.ts';
import { openTestBus } from '../../infra/topics/kafka/open-test-bus.ts';
import { createMemoryBroker } from '../../memory-bus.ts';
import { startDistributedRun } from '../distributed/distributed-run.ts';
import { stubConfig } from '../../stub-config.ts';
import { loggedStubRun, stubParts, temporaryFolder } from './logged-stub-run.ts';
import { richRun } from './rich-run.ts';

const runBus = async (config: Config, bus: MessageBus): Promise<RunBus> => createRunBus({ config, bus, codec: await openMessageCodec({ run: config.run.name, ...config.kafka }) });

/** @param bus of a process of its own, each time. */
function logOnTopics(bus: () => Promise<MessageBus>): void {
  const parts = { ...stubParts, connect: async (config: Config) => runBus(config, await bus()) };

  test('a run in which all there is happens is put on topics, and replays from there to the bit', async () => {
    const directory = await richRun(1);
    const put = await replay(directory, { to: 'kafka', parts }).done;
    assert.deepEqual([put.difference, put.steps], [null, 5]);
    const again = await replay(directory, { from: 'kafka', parts }).done;
    assert.deepEqual(again, put);
    const twice = await replay(directory, { to: 'kafka', parts }).done;
    assert.deepEqual(await replay(directory, { from: 'kafka', parts }).done, twice, 'what lay there before is gone');
  });

  test('what-ifs are asked of topics as of the folder', async () => {
    const directory = await loggedStubRun(stubConfig({ run: { steps: 3, name: 'asked' } }));
    await replay(directory, { to: 'kafka', parts }).done;
    const set = ['masks.regularise=whole-words'];
    const [folder, topics] = [await replay(directory, { set, parts }).done, await replay(directory, { set, from: 'kafka', parts }).done];
    assert.equal(topics.kind, 'what-if');
    assert.deepEqual(topics.changes, folder.changes);
  });

  test('topics that hold no log say how to put it there', async () => {
    const directory = await loggedStubRun(stubConfig({ run: { steps: 2, name: 'nowhere' } }));
    const { connect } = parts;
    const config = stubConfig({ run: { name: 'nowhere' } });
    const run = await connect(config);
    await run.bus.createTopics(runTopics(config, namedTopologies[config.pipeline]));
    await run.bus.close();
    await assert.rejects(replay(directory, { from: 'kafka', parts }).done, { code: 'RUN_NOT_FOUND', message: /replay --to kafka/ });
  });
}

describe('over a bus within the process', () => {
  const broker = createMemoryBroker();
  const connect = () => Promise.resolve(broker.connect());
  logOnTopics(connect);

  test('what a run over topics left there is replayed, and what was trimmed is named', async () => {
    const config = stubConfig({ run: { steps: 3, checkpointEvery: 3, name: 'left' } });
    const directory = join(temporaryFolder(), 'run');
    const own = createMemoryBroker();
    const keeping = (): Promise<MessageBus> => Promise.resolve({ ...own.connect(), trimTopic: () => Promise.resolve() });
    await (await startDistributedRun({ config, directory, connect: keeping })).outcome;
    const parts = { ...stubParts, heldOut: { cloze: [], probe: [] }, connect: async (of: Config) => runBus(of, own.connect()) };
    const outcome = await replay(directory, { from: 'kafka', parts }).done;
    assert.deepEqual([outcome.difference, outcome.steps], [null, 3]);
    const run = await parts.connect(config);
    await run.bus.trimTopic(run.topic('scored-groups'), Array.from({ length: config.kafka.partitions }, (_, partition) => ({ partition, offset: 1n })));
    await assert.rejects(replay(directory, { from: 'kafka', parts }).done, { code: 'LOG_DAMAGED', message: /000001\/0\d does not lie on .*scored-groups any more/ });
  });

  test('what topics cannot answer is refused in words', async () => {
    const directory = await loggedStubRun(stubConfig({ run: { steps: 2, name: 'refused' } }));
    const refused = (options: Parameters<typeof replay>[1]) => replay(directory, options).done;
    await assert.rejects(refused({ from: 'kafka', to: 'kafka' }), { code: 'USAGE', message: /one of them/ });
    await assert.rejects(refused({ from: 'kafka', gradients: true }), { code: 'USAGE', message: /checkpoints/ });
    await assert.rejects(refused({ to: 'kafka', gradients: true }), { code: 'USAGE', message: /replay of values/ });
    const parts = { ...stubParts, connect: async (config: Config) => runBus(config, broker.connect()) };
    await assert.rejects(refused({ to: 'kafka', set: ['masks.regularise=whole-words'], parts }), { code: 'USAGE', message: /no --set that changes it/ });
  });
});

const skip = brokerSkip();
describe('over a real broker', { skip }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'pretrainzero-replay-kafka-'));
  let broker: Broker;
  before(async () => {
    broker = await startBroker({ folder: join(folder, 'broker'), settings: { 'group.min.session.timeout.ms': '500' } });
  });
  after(async () => {
    await broker.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  logOnTopics(() => openTestBus(broker.brokers));
});
