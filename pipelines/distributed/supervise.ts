/**
 * A run over Kafka, from one command. In: the config, how many workers of each stage, and how to start one. Out: a `Run`: its events come from the topic `events`, wherever the
 * workers are. Topics are made; stages that have workers already, by their groups, are left to these; the rest is started here, and again where it dies. Ends when the sink does. Can
 * go wrong: RUN_EXISTS, RUN_NOT_FOUND; what ends a worker for good (`worker-pool.ts`); what the brokers throw.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { join } from 'node:path';
import { systemClock } from '../../infra/clock/system-clock.ts';
import { nodeFileSystem } from '../../infra/file-system/node-file-system.ts';
import { readText } from '../../infra/file-system/read-file.ts';
import { layout } from '../../infra/checkpoints/run-layout.ts';
import { createDeferred } from '../../operators/flow/deferred.ts';
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';
import { eventTold } from '../../schemas/records/control-messages.ts';
import type { Config } from '../../schemas/config/config.ts';
import { launchEvents, type Run } from '../launch.ts';
import { namedTopologies } from '../named-topologies.ts';
import type { EmitEvent, RunEvent, RunOutcome } from '../run-events.ts';
import type { Topology } from '../topology.ts';
import { trainStage } from './begin-epoch.ts';
import { createFlowFigures } from './flow-figures.ts';
import { openRunBus } from './open-run-bus.ts';
import type { RunBus } from './run-bus.ts';
import { groupName, runTopics } from './run-topics.ts';
import { workerStages } from './stage-names.ts';
import type { StartWorker } from './start-worker.ts';
import { eventOf } from './event-teller.ts';
import { WorkerPool } from './worker-pool.ts';

export interface SuperviseOptions {
  readonly directory: string;
  readonly resume: boolean;
  /** Workers by stage, wherever they are. */
  readonly workers: Readonly<Record<string, number>>;
  readonly start: StartWorker;
  readonly topology?: Topology;
  readonly signal: AbortSignal;
  /** Takes the Kafka client's own words. */
  readonly log?: (line: string) => void;
}

/** Between two looks at topics and groups. */
const lookEveryMs = 2000;
/** For workers to leave by themselves once the run is over. */
const graceMs = 15_000;

export function supervise(config: Config, options: SuperviseOptions): Run {
  return launchEvents((emit) => run(config, options, emit));
}

async function run(config: Config, options: SuperviseOptions, emit: EmitEvent): Promise<RunOutcome> {
  const { directory, resume, workers, start, signal, log } = options;
  const topology = options.topology ?? namedTopologies[config.pipeline];
  await requireFolder(directory, resume);
  const topics = await openRunBus(config, { clientId: 'pretrainzero-run', ...(log && { log }) });
  const pool = new WorkerPool({ start, emit, wait: (ms) => sleep(ms) });
  try {
    await topics.bus.createTopics(runTopics(config, topology));
    const watch = await watchEvents(topics, pool, emit);
    for (const [stage, count] of await missing(topics, topology, workers)) for (let i = 0; i < count; i++) pool.start(stage);
    const stop = (): void => {
      pool.stop(trainStage);
      if (pool.count(trainStage) === 0 || !watch.started()) watch.leave(); // the sink is another's, which goes on, or had not begun
    };
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
    const looking = look(topics, topology, watch, emit);
    try {
      const finished = await Promise.race([watch.finished, pool.failed]);
      await pool.end(graceMs);
      return { ...finished, directory };
    } finally {
      signal.removeEventListener('abort', stop);
      looking.stop();
      await watch.close();
    }
  } finally {
    await pool.end(0);
    await topics.bus.close();
  }
}

/** The folder's own answer to whether the run may begin here, before anything is started. */
async function requireFolder(directory: string, resume: boolean): Promise<void> {
  const manifest = await readText(nodeFileSystem, join(directory, layout.manifest));
  if (manifest?.includes('\n') === true && !resume) throw new PretrainZeroError('RUN_EXISTS', 'the folder holds a run', { file: directory });
  if (resume && (await nodeFileSystem.size(join(directory, layout.config))) === null) throw new PretrainZeroError('RUN_NOT_FOUND', 'the folder holds no run', { file: directory });
}

async function missing(topics: RunBus, topology: Topology, wanted: Readonly<Record<string, number>>): Promise<[string, number][]> {
  const stages = workerStages(topology);
  const groups = await topics.bus.groupFigures(stages.map((stage) => groupName(topics.config, stage)), []);
  return stages.map((stage) => {
    const there = groups.find(({ group }) => group === groupName(topics.config, stage))?.members ?? 0;
    return [stage, Math.max(0, (wanted[stage] ?? 1) - there)];
  });
}

interface Watch {
  readonly finished: Promise<RunOutcome>;
  /** Ends the watch with the last step that was told. */
  leave(): void;
  /** Whether the sink has told of its start. */
  started(): boolean;
  credits(): { readonly inFlight: number | null; readonly capacity: number };
  close(): Promise<void>;
}

/** Events that come from now on. A sink that fails and is started again tells of its start again; the run began once. */
async function watchEvents(topics: RunBus, pool: WorkerPool, emit: EmitEvent): Promise<Watch> {
  const finished = createDeferred<RunOutcome>();
  const [figures] = await topics.bus.topicFigures([topics.topic('events')]);
  const from = figures?.partitions[0]?.next ?? 0n;
  const { grpo, rollouts } = topics.config;
  let credits: ReturnType<Watch['credits']> = { inFlight: null, capacity: (1 + grpo.maxStaleness) * rollouts.paragraphsPerStep };
  let started = false;
  let step = 0;
  const member = await topics.follow('events', [eventTold], ({ record, lastOffset }) => {
    if (lastOffset < from) return;
    const event: RunEvent = eventOf(record);
    switch (event.type) {
      case 'finished': {
        const { kind, directory, step: last, steps, before, after } = event;
        finished.resolve({ kind, directory, step: last, steps, before, after });
        return;
      }
      case 'failed': // told by the worker's end
        return;
      case 'started':
        if (started) return;
        started = true;
        break;
      case 'credits':
        credits = event; // told with the next look
        return;
      case 'step-done':
        pool.progressed();
        step = event.step;
        break;
      default:
    }
    emit(event);
  });
  member.ended.catch(finished.reject);
  const leave = (): void => finished.resolve({ kind: 'interrupted', directory: '', step, steps: topics.config.run.steps, before: null, after: null });
  return { finished: finished.promise, leave, started: () => started, credits: () => credits, close: () => member.close() };
}

/** Tells every few seconds how the stages stand. */
function look(topics: RunBus, topology: Topology, watch: Watch, emit: EmitEvent): { stop(): void } {
  const figures = createFlowFigures(topics, topology, () => systemClock.now());
  const controller = new AbortController();
  const looking = async (): Promise<void> => {
    while (!controller.signal.aborted) {
      await figures().then(
        (stages) => {
          const { inFlight, capacity } = watch.credits();
          emit({ type: 'flow', inFlight, capacity, stages });
        },
        () => undefined, // the brokers are away; the workers tell of it
      );
      await sleep(lookEveryMs, undefined, { signal: controller.signal }).catch(() => undefined);
    }
  };
  void looking();
  return { stop: () => controller.abort() };
}
