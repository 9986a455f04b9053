/**
 * One worker of a run over Kafka. In: the config, its stage, where the run's folder lies. Out: resolves when the run has ended, or after the work in progress where it is told to
 * stop. Can go wrong: TOPIC_MISSING before the topics are made; RUN_MISMATCH; what the stage, the brokers and the parts throw.
 */
import { layout } from '../../infra/checkpoints/run-layout.ts';
import { nodeFileSystem } from '../../infra/file-system/node-file-system.ts';
import { loadTokenizer } from '../../infra/tokenizer/load-tokenizer.ts';
import { systemClock } from '../../infra/clock/system-clock.ts';
import { join } from 'node:path';
import type { Config } from '../../schemas/config/config.ts';
import { loadPromptTemplate } from '../load-prompt-template.ts';
import { namedTopologies } from '../named-topologies.ts';
import { openRunFolder } from '../open-run-folder.ts';
import { resolveModel } from '../resolve-model.ts';
import type { EmitEvent } from '../run-events.ts';
import type { RunParts } from '../run-parts.ts';
import type { Topology } from '../topology.ts';
import { trainStage } from './begin-epoch.ts';
import { launchTrain } from './launch-train.ts';
import { logStage, runLogWorker, type OpenedLog } from './log-worker.ts';
import { openRunBus } from './open-run-bus.ts';
import { openWeights } from './open-weights.ts';
import { followPolicies, type PolicyFollower } from './policy-follower.ts';
import type { RunBus } from './run-bus.ts';
import { runSourceWorker, sourceStage } from './source-worker.ts';
import { runStageWorker } from './stage-worker.ts';
import { createEventTeller } from './event-teller.ts';
import { createVersionedEngine } from './versioned-engine.ts';

export interface RunWorkerOptions {
  readonly config: Config;
  /** Of `workerStages`. */
  readonly stage: string;
  /** The run's folder. */
  readonly directory: string;
  /** Tells this process from all others, ever. */
  readonly id: string;
  /** Whether to wait for the run to be begun again where it has ended already. @default false */
  readonly wait?: boolean;
  readonly topology?: Topology;
  /** Parts in place of the real ones. */
  readonly parts?: Partial<RunParts>;
  readonly signal: AbortSignal;
  readonly emit: EmitEvent;
  /** Takes the Kafka client's own words. */
  readonly log?: (line: string) => void;
}

export async function runWorker(options: RunWorkerOptions): Promise<void> {
  const { config, stage, id, wait = false, emit, log } = options;
  const onRefused = (message: string): void => told({ type: 'warning', code: 'MESSAGE_FOREIGN', message, step: null });
  const run = await openRunBus(config, { clientId: `pretrainzero-${stage}`, onRefused, ...(log && { log }) });
  const teller = createEventTeller(run, `${stage}/${id}`, () => systemClock.now());
  const told: EmitEvent = (event) => {
    emit(event);
    teller.tell(event);
  };
  try {
    const policies = await followPolicies(run, { wait });
    try {
      await work({ ...options, emit: told }, run, policies);
    } finally {
      await policies.close();
    }
  } finally {
    await teller.flush();
    await run.bus.close();
  }
}

async function work(options: RunWorkerOptions, run: RunBus, policies: PolicyFollower): Promise<void> {
  const { config, stage, directory, id, parts = {}, signal, emit } = options;
  const topology = options.topology ?? namedTopologies[config.pipeline];
  if (stage === sourceStage) {
    const tokenizer = parts.tokenizer ?? (await loadTokenizer(await resolveModel(config.model.path)));
    const source = parts.source ?? (await (await import('../open-source.ts')).openSource(config, tokenizer));
    return runSourceWorker({ run, policies, source, emit, signal });
  }
  const weights = openWeights(config, directory, process.env);
  if (stage === logStage) return runLogWorker({ run, policies, weights, topology, emit, signal, openStore: (keep) => openLog(config, directory, keep) });
  if (stage === trainStage) {
    const train = await launchTrain({ run, policies, weights, directory, sink: id, topology, parts, signal });
    train?.events.subscribe(emit);
    await train?.done;
    return;
  }
  const modelDirectory = await resolveModel(config.model.path);
  const tokenizer = parts.tokenizer ?? (await loadTokenizer(modelDirectory));
  const template = parts.template ?? (await loadPromptTemplate(config.rollouts.promptTemplate, tokenizer));
  const open = async () => parts.engine ?? (await import('../open-engine.ts')).openEngine(config, modelDirectory);
  const engine = createVersionedEngine(open, weights);
  try {
    await runStageWorker(topology.stages.find(({ name }) => name === stage)!, { run, policies, engine, tokenizer, template, emit, signal });
  } finally {
    await engine.close();
  }
}

async function openLog(config: Config, directory: string, keep: 'steps' | 'checkpoint'): Promise<OpenedLog> {
  const resume = (await nodeFileSystem.size(join(directory, layout.config))) !== null;
  const { store, recovery } = await openRunFolder(config, { directory, resume, keep, clock: systemClock });
  return { store, step: recovery.lines.length };
}
