/**
 * Does runs of a grid, several side by side. In: the runs with their configs. Out: each ended or failed; a run that fails stops no other. Each is an ordinary run in a folder of its own: one that is whole is left
 * as it is, one that was cut short goes on from its checkpoint, so a grid killed anywhere goes on by the same command. Can go wrong: what reading the folders throws, before any run begins.
 */
import { join } from 'node:path';
import type { FileSystem } from '../../infra/file-system/file-system.ts';
import type { Config } from '../../schemas/config/config.ts';
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';
import type { launch, Run } from '../launch.ts';
import type { EmitGridEvent } from './grid-events.ts';
import { runFolder, type GridPhase, type GridRun } from './grid-run.ts';
import { runProgress } from './run-progress.ts';

export interface GridDeps {
  /** The experiment's folder. */
  readonly directory: string;
  readonly fileSystem: FileSystem;
  readonly launch: typeof launch;
  /** Runs side by side. */
  readonly jobs: number;
  /** Of each run, where its config leaves it open. */
  readonly threads: number;
  /** Once aborted, the runs in progress end after their step and no other begins. */
  readonly signal: AbortSignal;
  readonly emit: EmitGridEvent;
}

export interface GridRunEnd {
  readonly run: GridRun;
  readonly directory: string;
  readonly ending: 'done' | 'failed' | 'open';
}

interface Job {
  readonly run: GridRun;
  readonly config: Config;
  readonly directory: string;
  /** Steps committed before; -1 for none. */
  readonly steps: number;
}

export async function runGrid(phase: GridPhase, runs: readonly GridRun[], configOf: (run: GridRun) => Promise<Config>, deps: GridDeps): Promise<GridRunEnd[]> {
  const jobs: Job[] = [];
  for (const run of runs) {
    const directory = join(deps.directory, runFolder(run));
    jobs.push({ run, directory, ...(await runProgress(deps.fileSystem, directory, await configOf(run))) });
  }
  const isDone = ({ run, steps }: Job): boolean => steps >= run.steps;
  deps.emit({ type: 'phase', phase, runs: jobs.map(({ run, steps }) => ({ run, steps: Math.max(0, steps) })) });
  const waiting = jobs.filter((job) => !isDone(job));
  const endings = new Map<Job, GridRunEnd['ending']>();
  const work = async (): Promise<void> => {
    for (let job = waiting.shift(); job !== undefined && !deps.signal.aborted; job = waiting.shift()) endings.set(job, await doRun(job, deps));
  };
  await Promise.all(Array.from({ length: Math.max(1, Math.min(deps.jobs, waiting.length)) }, work));
  return jobs.map((job) => ({ run: job.run, directory: job.directory, ending: isDone(job) ? 'done' : (endings.get(job) ?? 'open') }));
}

async function doRun(job: Job, { launch, signal, emit }: GridDeps): Promise<GridRunEnd['ending']> {
  const { run, config, directory, steps } = job;
  emit({ type: 'run-started', run, directory, resumedFrom: Math.max(0, steps) });
  try {
    const started = launch(config, { directory, resume: steps >= 0, signal });
    tellSteps(run, started, emit);
    const outcome = await started.done;
    if (outcome.kind === 'interrupted') return 'open';
    if (outcome.kind === 'corpus-exhausted') throw new PretrainZeroError('CORPUS_EXHAUSTED', `the corpus ended after step ${outcome.step} of ${outcome.steps}`);
    emit({ type: 'run-finished', run, directory });
    return 'done';
  } catch (error) {
    if (!(error instanceof PretrainZeroError)) throw error;
    emit({ type: 'run-failed', run, directory, code: error.code, message: error.message });
    return 'failed';
  }
}

function tellSteps(run: GridRun, { events }: Run, emit: EmitGridEvent): void {
  events.subscribe((event) => {
    if (event.type === 'step-done') emit({ type: 'run-step', run, step: event.step, tokens: event.report.sampledTokens + event.report.tokensComputed });
    if (event.type === 'warning') emit({ type: 'warning', run, code: event.code, message: event.message });
  });
}
