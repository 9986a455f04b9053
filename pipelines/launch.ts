/**
 * Starts a run. In: a resolved config, and where the run shall live. Out: its events, and a promise of how it ended. Can go wrong: every error
 * of the parts (a PretrainZeroError with code and remedy) rejects `done`, after an event `failed`. What needs no engine is
 * opened first, so a folder that cannot be written, or a missing file, shows before any work.
 *
 * Resume. A committed step with a checkpoint fixes four things: weights with optimiser, corpus position, scored paragraphs pending for
 * later steps, and the step's number. All that follows is a function of these and the config: seeds come from ids, batches
 * from counts, dead letters from the corpus. So a run killed anywhere and resumed writes the same bytes as one that was not.
 */
import { Subject, type Observable } from 'rxjs';
import { summariseEvaluation, type EvaluationSummary } from '../operators/evaluation/summarise-evaluation.ts';
import { rebuildHealth } from '../operators/health/rebuild-health.ts';
import type { Engine } from '../operators/ports/engine.ts';
import type { ResumePoint } from '../operators/ports/run-store.ts';
import { logPositionOf } from '../operators/replay/log-position.ts';
import type { Config } from '../schemas/config/config.ts';
import type { ErrorCode } from '../schemas/error-codes.ts';
import { PretrainZeroError } from '../schemas/pretrain-zero-error.ts';
import type { EvaluationRow } from '../schemas/records/evaluation-row.ts';
import { evaluateHeldOut } from './held-out.ts';
import { namedTopologies } from './named-topologies.ts';
import { closeParts, openParts } from './open-parts.ts';
import type { EmitEvent, RunEvent, RunOutcome } from './run-events.ts';
import { runInMemory, type InMemoryParts, type RunEnd } from './run-in-memory.ts';
import type { RunParts } from './run-parts.ts';
import { stageNames, type Topology } from './topology.ts';

export interface LaunchOptions {
  /** The run's folder. */
  readonly directory: string;
  /** Whether to go on with the run that is there. @default false */
  readonly resume?: boolean;
  /** A pipeline of one's own. @default the one that `config.pipeline` names */
  readonly topology?: Topology;
  /** Aborted: the step in progress is finished, with a checkpoint, then the run ends as `interrupted`. */
  readonly signal?: AbortSignal;
  /** Parts in place of the real ones. */
  readonly parts?: Partial<RunParts>;
  /** The watchdog's patience and time, and instruments. */
  readonly runner?: Pick<InMemoryParts, 'stallAfterMs' | 'scheduler' | 'onStart'>;
}

export interface Run {
  /** Hot; subscribe before the next turn of the event loop to miss none. Completes with the run, never errors. */
  readonly events: Observable<RunEvent>;
  readonly done: Promise<RunOutcome>;
}

/** Runs a topology on opened parts. */
export type RunTopology = (topology: Topology, parts: InMemoryParts) => Promise<RunEnd>;

export function launch(config: Config, options: LaunchOptions): Run {
  return launchWith(runInMemory, config, options);
}

/** The same with another runner. */
export function launchWith(runTopology: RunTopology, config: Config, options: LaunchOptions): Run {
  return launchEvents((emit) => run(runTopology, config, options, emit));
}

/** A run from what does it: its events between the first and the last. */
export function launchEvents(work: (emit: EmitEvent) => Promise<RunOutcome>): Run {
  const events = new Subject<RunEvent>();
  const emit = (event: RunEvent): void => events.next(event);
  const done = new Promise<void>((resolve) => setImmediate(resolve))
    .then(() => work(emit))
    .then(
      (outcome) => {
        emit({ type: 'finished', ...outcome });
        return outcome;
      },
      (error: unknown) => {
        emit({ type: 'failed', code: error instanceof PretrainZeroError ? error.code : null, message: error instanceof Error ? error.message : String(error) });
        throw error;
      },
    )
    .finally(() => events.complete());
  return { events: events.asObservable(), done };
}

async function run(runTopology: RunTopology, config: Config, options: LaunchOptions, emit: EmitEvent): Promise<RunOutcome> {
  const { directory, resume: resuming = false, topology = namedTopologies[config.pipeline], signal = new AbortController().signal } = options;
  const opened: Partial<RunParts> = {};
  try {
    const onWarning = (code: ErrorCode, message: string): void => emit({ type: 'warning', code, message, step: null });
    const parts = await openParts(config, { directory, resume: resuming, given: options.parts ?? {}, opened, onWarning });
    const resume = await parts.store.resumePoint();
    if (logPositionOf(resume.corpusPosition) !== null) throw new PretrainZeroError('RUN_MISMATCH', 'the run was trained from the log of another, and goes on by `replay --train --resume`', { file: directory });
    if (resume.checkpointDirectory !== null) await parts.engine.load(resume.checkpointDirectory);
    const { engine } = parts;
    emit({ type: 'started', name: config.run.name, pipeline: topology.name, directory, steps: config.run.steps, engine: engine.info, stages: stageNames(topology) });
    if (resuming) emit({ type: 'resumed', step: resume.step, checkpoint: resume.checkpointDirectory });
    const health = await rebuildHealth({ step: parts.pastStep, evaluations: parts.evaluations }, resume.step, config.alarms.window);
    const summaries = { before: await committedSummary(parts, resume, 0), after: await committedSummary(parts, resume, resume.step) };
    const evaluate = async (observed: Engine, step: number): Promise<readonly EvaluationRow[]> => {
      const rows = await evaluateHeldOut(parts.heldOut, { ...parts, engine: observed, config }, step);
      if (rows.length === 0) return rows;
      const summary = summariseEvaluation(rows);
      if (step === 0) summaries.before = summary;
      else summaries.after = summary;
      emit({ type: 'evaluation', step, summary });
      return rows;
    };
    const end = await runTopology(topology, { ...options.runner, ...parts, config, resume, health, emit, evaluate, signal });
    return { ...end, directory, steps: config.run.steps, ...summaries };
  } finally {
    await closeParts(opened);
  }
}

/** Null where the run begins. */
async function committedSummary(parts: RunParts, resume: ResumePoint, step: number): Promise<EvaluationSummary | null> {
  if (resume.step === 0) return null;
  const rows = await parts.evaluations(step);
  return rows.length === 0 ? null : summariseEvaluation(rows);
}
