/**
 * Runs on stubs over a real broker, each worker with members of its own, all in this process: what a test gives them (an engine, a corpus, a store) it can look at afterwards. In: a bus. Out: the transport. A run that
 * fails leaves nothing behind but its topics, from which it can be resumed.
 */
import { basename } from 'node:path';
import { test } from 'node:test';
import type { MessageBus } from '../../operators/ports/message-bus.ts';
import { launchEvents } from '../../pipelines/launch.ts';
import type { EmitEvent, RunEvent, RunOutcome } from '../../pipelines/run-events.ts';
import type { Config } from '../../schemas/config/config.ts';
import { cuttableBus } from './cuttable-bus.ts';
import type { StubRunStore } from '../stub-run-store.ts';
import { startDistributedRun } from './distributed/distributed-run.ts';
import { stubRunParts, type StubRunOptions } from './stub-run.ts';
import { transportOf, type Transport } from './transport.ts';

export function kafkaTransport(bus: () => MessageBus): Transport {
  const start: Transport['startStubRun'] = async (config, options = {}) => {
    const given = await stubRunParts(config, options);
    const run = launchEvents((emit) => overKafka(bus(), config, options, given, emit));
    const events: RunEvent[] = [];
    run.events.subscribe((event) => events.push(event));
    return { run, store: given.store, engine: given.engine, events };
  };
  return transportOf(start, {
    test: (name, body) => void test(name, { timeout: timeoutMs }, body),
    inMemory: () => undefined,
    some: (cases) => cases.filter((_, i) => i === Math.floor(cases.length / 2)),
  });
}

const timeoutMs = 600_000; // for a machine that is busy

async function overKafka(bus: MessageBus, config: Config, options: StubRunOptions, given: Awaited<ReturnType<typeof stubRunParts>>, emit: EmitEvent): Promise<RunOutcome> {
  const { engine, store, parts } = given;
  // One partition, so that what is sampled together is what is in memory; the folder tells runs apart, and a resumed one finds its topics.
  const kafka = { ...config.kafka, partitions: 1, topicPrefix: basename(store.directory) };
  const run = await startDistributedRun({
    ...{ config: { ...config, kafka }, directory: store.directory, parts, wait: true },
    connect: () => Promise.resolve(cuttableBus(bus)),
    newEngine: () => engine.fork(),
    newSource: () => parts.source!,
    openStore: async (keep) => {
      if (keep === 'checkpoint') await store.resumePoint(); // which forgets what came after it
      return { store: keep === 'checkpoint' ? store : keepingSteps(store), step: store.commits.length };
    },
    onEvent: (event) => {
      if (!ofSupervisor.has(event.type)) emit(event);
    },
    ...(options.topology && { topology: options.topology }),
    ...(options.signal && { signal: options.signal }),
    ...(options.runner && { runner: options.runner }),
  });
  try {
    return await run.outcome;
  } catch (error) {
    await Promise.all(run.workers.map((worker) => worker.kill()));
    throw error;
  }
}

/** The store, with all that is committed: a log that starts goes on from there until the sink begins. */
function keepingSteps(store: StubRunStore): StubRunStore {
  const { step = 0, pending = [], pendingLetters = [] } = store.commits.at(-1) ?? {};
  return { ...store, resumePoint: () => Promise.resolve({ step, checkpointDirectory: null, corpusPosition: null, pending, pendingLetters }) };
}

/** Told once for the whole run, or not told on. */
const ofSupervisor: ReadonlySet<RunEvent['type']> = new Set(['finished', 'failed', 'credits']);
