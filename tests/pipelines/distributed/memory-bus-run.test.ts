import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { nodeProcesses } from '../../../infra/checkpoints/node-processes.ts';
import { openRunStore } from '../../../infra/checkpoints/open-run-store.ts';
import { systemClock } from '../../../infra/clock/system-clock.ts';
import { drawInt, seedOf, uniforms } from '../../../operators/flow/seeds.ts';
import { trainStage } from '../../../pipelines/distributed/begin-epoch.ts';
import { logStage } from '../../../pipelines/distributed/log-worker.ts';
import { sourceStage } from '../../../pipelines/distributed/source-worker.ts';
import { loadPromptTemplate } from '../../../pipelines/load-prompt-template.ts';
import { launch } from '../../../pipelines/launch.ts';
import { configSchema, type Config } from '../../../schemas/config/config.ts';
import { filesOf } from '../../faults/killed-run.ts';
import { unsyncedFileSystem } from '../../infra/file-system/unsynced-file-system.ts';
import { createMemoryBroker, type Chaos, type Connection, type MemoryBroker } from '../../memory-bus.ts';
import { statelessAnswer } from '../../stateless-answer.ts';
import { stubConfig } from '../../stub-config.ts';
import { createStubEngine } from '../../stub-engine.ts';
import { createStubParagraphSource } from '../../stub-paragraph-source.ts';
import { createStubTokenizer } from '../../stub-tokenizer.ts';
import { newDirectory } from '../stub-run.ts';
import { startDistributedRun } from './distributed-run.ts';
import { mostInFlight } from './most-in-flight.ts';

const newSource = () => createStubParagraphSource({ letterEvery: 4 });
const folders = new Map<string, Promise<Map<string, Buffer | string>>>();

/** The folder of the run in one process. */
function inMemory(config: Config): Promise<Map<string, Buffer | string>> {
  const text = stringify(configSchema.parse(config));
  const known = folders.get(text) ?? runInOneProcess(config, text);
  folders.set(text, known);
  return known;
}

async function runInOneProcess(config: Config, configText: string): Promise<Map<string, Buffer | string>> {
  const directory = join(newDirectory(), 'run');
  const tokenizer = createStubTokenizer();
  const engine = createStubEngine({ respond: statelessAnswer });
  const template = await loadPromptTemplate('short', tokenizer);
  const { store } = await openRunStore({
    ...{ directory, configText, resume: false, processes: nodeProcesses, clock: systemClock, fileSystem: unsyncedFileSystem },
    ...{ log: config.log, keepCheckpoints: config.run.keepCheckpoints },
  });
  const run = launch(config, { directory, parts: { tokenizer, engine, template, store, source: newSource(), heldOut: { cloze: [], probe: [] } } });
  await run.done;
  await store.close();
  return filesOf(directory);
}

/** Runs apart, under so many faults. */
async function apart(config: Config, workers: Readonly<Record<string, number>>, chaos: Chaos, faults = 0): Promise<void> {
  const directory = join(newDirectory(), 'run');
  const broker = createMemoryBroker(chaos);
  const connections: Connection[] = [];
  const connect = (): Promise<Connection> => {
    const connection = broker.connect();
    connections.push(connection);
    return Promise.resolve(connection);
  };
  const draw = uniforms(seedOf(chaos.seed, 'faults'));
  let events = 0;
  let left = faults;
  let next = drawInt(draw, 40);
  const run = await startDistributedRun({
    ...{ config, directory, newSource, connect, workers },
    onEvent: () => {
      events += 1;
      if (left === 0 || events < next) return;
      left -= 1;
      next = events + drawInt(draw, 60);
      setImmediate(() => {
        if (drawInt(draw, 4) === 0) connections[drawInt(draw, connections.length)]!.lapse();
        else void run.replace(run.workers[drawInt(draw, run.workers.length)]!);
      });
    },
  });
  const outcome = await run.outcome;
  assert.deepEqual({ kind: outcome.kind, step: outcome.step }, { kind: 'completed', step: config.run.steps });
  assert.deepEqual(filesOf(directory), await inMemory(config));
  await assertCreditsHeld(broker, config, faults === 0);
}

/** However it went, no more paragraphs were in flight than there are credits; and as many, where nothing kept them. */
async function assertCreditsHeld(broker: MemoryBroker, config: Config, undisturbed: boolean): Promise<void> {
  const most = await mostInFlight(broker, config);
  const capacity = (1 + config.grpo.maxStaleness) * config.rollouts.paragraphsPerStep;
  assert.ok(most <= capacity, `${most} in flight of ${capacity} credits`);
  if (undisturbed) assert.equal(most, capacity);
}

const configs: Record<string, Config> = {
  'on-policy': stubConfig({ kafka: { partitions: 2 } }),
  'on-policy with refills': stubConfig({ grpo: { refillParagraphs: 2 }, kafka: { partitions: 3 } }),
  'with maxStaleness 1': stubConfig({ grpo: { maxStaleness: 1 }, kafka: { partitions: 2, maxMessageBytes: 10_000 } }),
  'with maxStaleness 2 and refills': stubConfig({ grpo: { maxStaleness: 2, refillParagraphs: 2 }, kafka: { partitions: 8 } }),
  'paid for progress by reinforce++': stubConfig({ rewards: { generation: 'progress', recentSteps: 3 }, grpo: { formulation: 'reinforce++', refillParagraphs: 2 }, kafka: { partitions: 2 } }),
  'paid for variety over steps, with maxStaleness 1': stubConfig({ rewards: { generation: 'variety-over-steps', recentSteps: 2 }, grpo: { maxStaleness: 1 }, kafka: { partitions: 3, maxMessageBytes: 10_000 } }),
  'with a critic': stubConfig({ grpo: { baseline: 'critic', maxStaleness: 1 }, kafka: { partitions: 3 } }),
  'of random spans': stubConfig({ pipeline: 'random-span' }),
  'of next tokens of highest entropy': stubConfig({ pipeline: 'entropy-ntp', kafka: { partitions: 2 } }),
  'of spans of highest entropy, stale': stubConfig({ pipeline: 'entropy-span', grpo: { maxStaleness: 1 }, kafka: { partitions: 3 } }),
  'of supervised spans': stubConfig({ pipeline: 'supervised-span' }),
  'with a cold start, maxStaleness 1 and refills': stubConfig({ run: { coldStartSteps: 3 }, grpo: { maxStaleness: 1, refillParagraphs: 2 }, kafka: { partitions: 2 } }),
  'of continued pretraining': stubConfig({ pipeline: 'continue-pretraining' }),
};

for (const [name, config] of Object.entries(configs)) {
  test(`a run ${name}, one worker a stage, leaves the folder of one process`, () => apart(config, {}, { seed: 1 }));
}

test('several workers a stage, messages that come again, rebalances and pauses change nothing', async () => {
  const workers = fc.record({ 'generate-masks': fc.integer({ min: 1, max: 3 }), 'predict-spans': fc.integer({ min: 1, max: 3 }), 'score-groups': fc.integer({ min: 1, max: 2 }) });
  const chaos = fc.record({ seed: fc.nat(), redeliver: fc.constantFrom(0, 0.2), rebalance: fc.constantFrom(0, 0.1), pause: fc.constantFrom(0, 0.3) });
  const name = fc.constantFrom('on-policy', 'on-policy with refills', 'with maxStaleness 1', 'with maxStaleness 2 and refills');
  await fc.assert(fc.asyncProperty(name, workers, chaos, (of, counts, faults) => apart(configs[of]!, counts, faults)), { numRuns: 6 });
});

test('workers that are killed, the sink among them, and workers that lose their share unknowing change nothing', async () => {
  const chaos = fc.record({ seed: fc.nat(), redeliver: fc.constantFrom(0, 0.1), rebalance: fc.constantFrom(0, 0.05), pause: fc.constant(0.3) });
  const name = fc.constantFrom('on-policy', 'on-policy with refills', 'with maxStaleness 1', 'with maxStaleness 2 and refills');
  await fc.assert(fc.asyncProperty(name, chaos, fc.integer({ min: 1, max: 8 }), (of, faults, count) => apart(configs[of]!, { 'predict-spans': 2 }, faults, count)), { numRuns: 10 });
});

const killed = [...[sourceStage, 'generate-masks', 'predict-spans', 'score-groups', trainStage, logStage].map((stage) => ({ stage, name: 'with maxStaleness 1' })), { stage: trainStage, name: 'paid for progress by reinforce++' }];
for (const { stage, name } of killed) {
  test(`${stage} of a run ${name}, killed at every other event, is made good by its successor`, async () => {
    const config = configs[name]!;
    const directory = join(newDirectory(), 'run');
    const broker = createMemoryBroker({ seed: 3, pause: 0.2 });
    let events = 0;
    let kills = 0;
    const run = await startDistributedRun({
      ...{ config, directory, newSource, connect: () => Promise.resolve(broker.connect()) },
      onEvent: () => {
        events += 1;
        if (events % 20 !== 10 || kills === 6) return;
        kills += 1;
        setImmediate(() => void run.replace(run.workers.find((worker) => worker.stage === stage)!));
      },
    });
    await run.outcome;
    assert.ok(kills > 0);
    assert.deepEqual(filesOf(directory), await inMemory(config));
    await assertCreditsHeld(broker, config, false);
  });
}
