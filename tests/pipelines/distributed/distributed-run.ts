/**
 * A run whose workers are apart, in one process: each connects by itself, has an engine and files of its own, and can be killed and replaced. In: the config and stubs. Out: how it
 * ended, with the run's folder as the log left it.
 */
import { join } from 'node:path';
import { VirtualTimeScheduler } from 'rxjs';
import { stringify } from 'yaml';
import { openRunStore } from '../../../infra/checkpoints/open-run-store.ts';
import { folderWeights } from '../../../infra/policy-weights/folder-weights.ts';
import { openMessageCodec } from '../../../infra/topics/messages/open-message-codec.ts';
import { createDeferred } from '../../../operators/flow/deferred.ts';
import type { Engine } from '../../../operators/ports/engine.ts';
import type { MessageBus } from '../../../operators/ports/message-bus.ts';
import type { ParagraphSource } from '../../../operators/ports/paragraph-source.ts';
import { trainStage } from '../../../pipelines/distributed/begin-epoch.ts';
import { launchTrain } from '../../../pipelines/distributed/launch-train.ts';
import { logStage, runLogWorker, type OpenedLog } from '../../../pipelines/distributed/log-worker.ts';
import { followPolicies } from '../../../pipelines/distributed/policy-follower.ts';
import { createRunBus } from '../../../pipelines/distributed/run-bus.ts';
import { runTopics } from '../../../pipelines/distributed/run-topics.ts';
import { runSourceWorker, sourceStage } from '../../../pipelines/distributed/source-worker.ts';
import { runStageWorker } from '../../../pipelines/distributed/stage-worker.ts';
import { createVersionedEngine } from '../../../pipelines/distributed/versioned-engine.ts';
import type { LaunchOptions } from '../../../pipelines/launch.ts';
import { loadPromptTemplate } from '../../../pipelines/load-prompt-template.ts';
import { namedTopologies } from '../../../pipelines/named-topologies.ts';
import type { RunEvent, RunOutcome } from '../../../pipelines/run-events.ts';
import type { RunParts } from '../../../pipelines/run-parts.ts';
import type { Topology } from '../../../pipelines/topology.ts';
import { configSchema, type Config } from '../../../schemas/config/config.ts';
import { systemClock } from '../../../infra/clock/system-clock.ts';
import { createStubEngine } from '../../stub-engine.ts';
import { createStubParagraphSource } from '../../stub-paragraph-source.ts';
import { createStubTokenizer } from '../../stub-tokenizer.ts';
import { statelessAnswer } from '../../stateless-answer.ts';
import { unsyncedFileSystem } from '../../infra/file-system/unsynced-file-system.ts';
import { createCuttableFileSystem } from './cuttable-file-system.ts';

export interface DistributedRunOptions {
  readonly config: Config;
  readonly directory: string;
  readonly connect: () => Promise<MessageBus & { cut?: () => void }>;
  readonly topology?: Topology;
  /** Workers by stage. @default 1 each */
  readonly workers?: Readonly<Record<string, number>>;
  readonly newEngine?: () => Engine | Promise<Engine>;
  readonly newSource?: () => ParagraphSource;
  /** Of the sink. */
  readonly parts?: Partial<RunParts>;
  readonly runner?: LaunchOptions['runner'];
  /** Whether an earlier end of the run is to be passed over. @default false */
  readonly wait?: boolean;
  /** Of the sink. */
  readonly signal?: AbortSignal;
  /** In place of the real folder. */
  readonly openStore?: (keep: 'steps' | 'checkpoint') => Promise<OpenedLog>;
  readonly onEvent?: (event: RunEvent) => void;
}

export interface Worker {
  readonly stage: string;
  readonly done: Promise<RunOutcome | undefined>;
  /** As kill -9. */
  kill(): Promise<void>;
}

export interface DistributedRun {
  readonly events: readonly RunEvent[];
  readonly workers: readonly Worker[];
  /** Kills a worker and starts another in its place. */
  replace(worker: Worker): Promise<void>;
  /** Starts one more. */
  add(stage: string): Promise<void>;
  /** Once the sink and all others have ended by themselves. */
  readonly outcome: Promise<RunOutcome>;
}

let pids = 1;

export async function startDistributedRun(options: DistributedRunOptions): Promise<DistributedRun> {
  const { config, directory, connect } = options;
  const topology = options.topology ?? namedTopologies[config.pipeline];
  const tokenizer = createStubTokenizer();
  const template = await loadPromptTemplate(config.rollouts.promptTemplate, tokenizer);
  const codec = await openMessageCodec({ run: config.run.name, ...config.kafka });
  const events: RunEvent[] = [];
  const emit = (event: RunEvent): void => {
    events.push(event);
    options.onEvent?.(event);
  };
  const alive = new Set<number>();
  const workers: Worker[] = [];
  const newEngine = options.newEngine ?? (() => createStubEngine({ respond: statelessAnswer }));
  const newSource = options.newSource ?? (() => createStubParagraphSource());
  const ended = createDeferred<RunOutcome>();

  const admin = await connect();
  await admin.createTopics(runTopics(config, topology));

  const start = async (stage: string): Promise<void> => {
    const bus = await connect();
    const files = createCuttableFileSystem(unsyncedFileSystem);
    const pid = pids++;
    alive.add(pid);
    const weights = folderWeights(files.fileSystem, join(directory, 'policy-versions'));
    const run = createRunBus({ config, bus, codec });
    const policies = await followPolicies(run, { wait: options.wait === true, sleep: () => new Promise((resolve) => setImmediate(resolve)) });
    const signal = new AbortController().signal;
    const openStore = async (keep: 'steps' | 'checkpoint'): Promise<OpenedLog> => {
      const resume = (await files.fileSystem.size(join(directory, 'config.yaml'))) !== null;
      const processes = { self: { pid, host: 'here', started: null }, isAlive: ({ pid: other }: { pid: number }) => alive.has(other) };
      const { store, recovery } = await openRunStore({
        ...{ directory, resume, keep, processes, clock: systemClock, fileSystem: files.fileSystem },
        ...{ configText: stringify(configSchema.parse(config)), log: config.log, keepCheckpoints: config.run.keepCheckpoints },
      });
      return { store, step: recovery.lines.length };
    };
    const work = async (): Promise<RunOutcome | undefined> => {
      if (stage === sourceStage) {
        await runSourceWorker({ run, policies, source: newSource(), emit, signal });
        return undefined;
      }
      if (stage === logStage) {
        await runLogWorker({ run, policies, weights, openStore: options.openStore ?? openStore, topology, emit, signal });
        return undefined;
      }
      if (stage === trainStage) {
        const parts = { tokenizer, template, engine: await newEngine(), heldOut: { cloze: [], probe: [] }, ...options.parts };
        const runner = { scheduler: new VirtualTimeScheduler(), ...options.runner }; // a sink that was killed has no watchdog left that would wait in real time
        const train = await launchTrain({ run, policies, weights, directory, sink: `sink-${pid}`, topology, parts, runner, ...(options.signal && { signal: options.signal }) });
        train?.events.subscribe(emit);
        return train?.done;
      }
      const engine = createVersionedEngine(async () => newEngine(), weights);
      await runStageWorker(topology.stages.find(({ name }) => name === stage)!, { run, policies, engine, tokenizer, template, emit, signal });
      return undefined;
    };
    let killed = false;
    const done = work().finally(async () => {
      if (killed) return;
      alive.delete(pid);
      await policies.close();
      await bus.close();
    });
    done.catch((error: unknown) => {
      if (!killed) ended.reject(error);
    });
    const worker: Worker = {
      stage,
      done,
      async kill() {
        killed = true;
        bus.cut?.();
        await files.cut();
        alive.delete(pid);
      },
    };
    workers.push(worker);
    if (stage === trainStage) {
      done.then(
        async (outcome) => {
          if (killed) return;
          await Promise.all(workers.map((each) => each.done));
          ended.resolve(outcome!);
        },
        () => undefined,
      );
    }
  };

  const stages = [logStage, trainStage, sourceStage, ...topology.stages.map(({ name }) => name)];
  for (const stage of stages) for (let i = 0; i < (options.workers?.[stage] ?? 1); i++) await start(stage);

  return {
    events,
    workers,
    outcome: ended.promise,
    add: start,
    async replace(worker) {
      if (!workers.includes(worker)) return;
      workers.splice(workers.indexOf(worker), 1);
      await worker.kill();
      await start(worker.stage);
    },
  };
}
