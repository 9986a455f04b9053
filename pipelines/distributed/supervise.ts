/**
 * A run over Kafka, from one command. In: the config, how many workers of each stage, and how to start one. Out: a `Run`: its events come from the topic `events`, wherever the
 * workers are. Topics are made; stages that have workers already, by their groups, are left to these; the rest is started here, and again where it dies or goes missing. Ends when the
 * sink does. Can go wrong: RUN_EXISTS, RUN_NOT_FOUND; what ends a worker for good (`worker-pool.ts`); what the brokers throw.
 */
import { setTimeout } from 'node:timers/promises';
import { join } from 'node:path';
import { systemClock } from '../../infra/clock/system-clock.ts';
import { nodeFileSystem } from '../../infra/file-system/node-file-system.ts';
import { readText } from '../../infra/file-system/read-file.ts';
import { layout } from '../../infra/checkpoints/run-layout.ts';
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';
import type { Config } from '../../schemas/config/config.ts';
import { launchEvents, type Run } from '../launch.ts';
import { namedTopologies } from '../named-topologies.ts';
import type { EmitEvent, RunOutcome } from '../run-events.ts';
import type { Topology } from '../topology.ts';
import { trainStage } from './begin-epoch.ts';
import { createFlowFigures, type StageFigures } from './flow-figures.ts';
import { MissingWorkers } from './missing-workers.ts';
import { openRunBus } from './open-run-bus.ts';
import type { RunBus } from './run-bus.ts';
import { runTopics } from './run-topics.ts';
import { workerStages } from './stage-names.ts';
import type { StartWorker } from './start-worker.ts';
import { watchEvents, type Watch } from './watch-events.ts';
import { WorkerPool } from './worker-pool.ts';

export interface SuperviseOptions {
  readonly directory: string;
  readonly resume: boolean;
  /** Workers by stage, wherever they are. */
  readonly workers: Readonly<Record<string, number>>;
  readonly start: StartWorker;
  readonly topology?: Topology;
  /** Aborted: the sink ends after the step in progress, with a checkpoint; a sink of another's goes on, and is left. */
  readonly signal: AbortSignal;
  /** Takes the Kafka client's own words. */
  readonly log?: (line: string) => void;
  /** @default the brokers of the config, and real time */
  readonly world?: SuperviseWorld;
}

export interface SuperviseWorld {
  readonly connect: () => Promise<RunBus>;
  /** Milliseconds, monotonic. */
  readonly now: () => number;
  /** Resolves after so long, or once the signal is aborted. */
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
}

/** Between two looks at topics and groups. */
const lookEveryMs = 2000;
/** For workers to leave by themselves once the run is over. */
const graceMs = 15_000;

export function supervise(config: Config, options: SuperviseOptions): Run {
  return launchEvents((emit) => run(config, options, emit));
}

async function run(config: Config, options: SuperviseOptions, emit: EmitEvent): Promise<RunOutcome> {
  const { directory, resume, workers, start, signal } = options;
  const topology = options.topology ?? namedTopologies[config.pipeline];
  const world = options.world ?? realWorld(config, options);
  await requireFolder(directory, resume);
  const topics = await world.connect();
  const pool = new WorkerPool({ start, emit, wait: world.sleep });
  try {
    await topics.bus.createTopics(runTopics(config, topology));
    const watch = await watchEvents(topics, { directory, emit, onStep: () => pool.progressed() });
    const looking = new AbortController();
    let patienceMs = graceMs;
    const stop = (): void => {
      looking.abort(); // none is started any more
      pool.stop(trainStage);
      if (pool.count(trainStage) > 0 && watch.started()) return;
      patienceMs = 0; // the sink is another's, which goes on, or had not begun: no end is told
      watch.leave();
    };
    const figures = createFlowFigures(topics, topology, world.now);
    const missing = new MissingWorkers(workers, Math.ceil((2 * config.kafka.sessionTimeoutMs) / lookEveryMs));
    const startMissing = (stages: readonly StageFigures[]): void => {
      if (looking.signal.aborted) return;
      const counts = workerStages(topology).map((stage) => ({ stage, members: stages.find((each) => each.stage === stage)?.workers ?? 0, own: pool.count(stage) }));
      for (const { stage, count } of missing.look(counts)) for (let i = 0; i < count; i++) pool.start(stage);
    };
    startMissing(await figures());
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
    void look(world, figures, looking.signal, (stages) => {
      tellFlow(watch, stages, emit);
      startMissing(stages);
    });
    try {
      const finished = await Promise.race([watch.finished, pool.failed]);
      looking.abort();
      await pool.end(patienceMs);
      return { ...finished, directory };
    } finally {
      signal.removeEventListener('abort', stop);
      looking.abort();
      await watch.close();
    }
  } finally {
    await pool.end(0);
    await topics.bus.close();
  }
}

function realWorld(config: Config, { log }: SuperviseOptions): SuperviseWorld {
  return {
    connect: () => openRunBus(config, { clientId: 'pretrainzero-run', ...(log && { log }) }),
    now: () => systemClock.now(),
    sleep: (ms, signal) => setTimeout(ms, undefined, signal && { signal }).catch(() => undefined),
  };
}

/** The folder's own answer to whether the run may begin here, before anything is started. */
async function requireFolder(directory: string, resume: boolean): Promise<void> {
  const manifest = await readText(nodeFileSystem, join(directory, layout.manifest));
  if (manifest?.includes('\n') === true && !resume) throw new PretrainZeroError('RUN_EXISTS', 'the folder holds a run', { file: directory });
  if (resume && (await nodeFileSystem.size(join(directory, layout.config))) === null) throw new PretrainZeroError('RUN_NOT_FOUND', 'the folder holds no run', { file: directory });
}

/** Every few seconds. */
async function look(world: SuperviseWorld, figures: () => Promise<StageFigures[]>, until: AbortSignal, onLook: (stages: StageFigures[]) => void): Promise<void> {
  for (;;) {
    await world.sleep(lookEveryMs, until);
    if (until.aborted) return;
    const stages = await figures().catch(() => null); // the brokers are away; the workers tell of it
    if (stages !== null) onLook(stages);
  }
}

function tellFlow(watch: Watch, stages: StageFigures[], emit: EmitEvent): void {
  const { inFlight, capacity } = watch.credits();
  emit({ type: 'flow', inFlight, capacity, stages });
}
