/**
 * An experiment from its file to its report. In: the experiment and the folder it lives in. Out: its comparison, once every run is done; or of what is there, where it was stopped or the signal was
 * aborted from the start. Can go wrong: RUN_MISMATCH where the
 * folder holds runs of another config, RUN_LOCKED where another process works in it, and what reading the log throws; a run that fails is told, and stands in the report as missing.
 */
import { onFile, onRead } from '../../infra/file-system/file-error.ts';
import { lockRun } from '../../infra/checkpoints/run-lock.ts';
import { nodeProcesses } from '../../infra/checkpoints/node-processes.ts';
import type { LoadedExperiment } from '../../infra/config/load-experiment.ts';
import { compareVariants, type Comparison } from '../../operators/analysis/compare-variants.ts';
import type { RunRecord } from '../../operators/analysis/run-record.ts';
import { expectedRuns, reportRuns, type VariantPlan } from './grid-plan.ts';
import { runConfig, runTitle, type GridRun } from './grid-run.ts';
import { readRecords } from './read-records.ts';
import { runGrid, type GridDeps, type GridRunEnd } from './run-grid.ts';
import { tune } from './tune.ts';

export interface ExperimentOutcome {
  readonly comparison: Comparison;
  /** Whether every run was done. */
  readonly complete: boolean;
  /** Titles of the runs that failed. */
  readonly failed: readonly string[];
  /** Titles of the report's runs that are still to do. */
  readonly open: readonly string[];
}

export async function runExperiment(loaded: LoadedExperiment, deps: GridDeps): Promise<ExperimentOutcome> {
  const { directory, fileSystem } = deps;
  await checkVariants(loaded);
  if (deps.signal.aborted) return work(loaded, deps); // nothing is written
  await onFile(directory, () => fileSystem.makeDirectory(directory));
  const lock = await onFile(directory, () => lockRun(fileSystem, directory, nodeProcesses));
  try {
    return await work(loaded, deps);
  } finally {
    await lock.release();
  }
}

async function work(loaded: LoadedExperiment, deps: GridDeps): Promise<ExperimentOutcome> {
  const { experiment } = loaded;
  deps.emit({ type: 'grid', name: experiment.name, directory: deps.directory, jobs: deps.jobs, threads: deps.threads, variants: expectedRuns(experiment) });
  const all: GridRunEnd[] = [];
  const { plan, tried } = await tune(loaded, {
    emit: deps.emit,
    read: (ends) => readDone(deps, ends, { picks: false }),
    doRuns: async (phase, runs) => {
      const ends = await runGrid(phase, runs, (run) => runConfig(loaded, run, deps.threads), deps);
      all.push(...ends);
      return ends;
    },
  });
  const ends = plan === null ? [] : await runGrid('report', reportRuns(experiment, plan), (run) => runConfig(loaded, run, deps.threads), deps);
  all.push(...ends);
  const terms = {
    variants: Object.entries(experiment.variants).map(([name, { note }]) => ({ name, note: note ?? null })),
    reference: experiment.reference,
    seeds: experiment.seeds,
    measure: experiment.measure,
    tuning: tried,
  };
  const titles = (ending: GridRunEnd['ending']): string[] => all.filter((end) => end.ending === ending).map(({ run }) => runTitle(run));
  const failed = [...titles('failed'), ...unplanned(plan, experiment.variants)];
  return { comparison: compareVariants(terms, await readDone(deps, ends, { picks: true })), complete: plan !== null && all.every(({ ending }) => ending === 'done') && failed.length === 0, failed, open: titles('open') };
}

/** Mistakes in a variant show before any work. */
async function checkVariants(loaded: LoadedExperiment): Promise<void> {
  const { budget, seeds, variants } = loaded.experiment;
  const steps = 'steps' in budget ? budget.steps : Number.MAX_SAFE_INTEGER;
  for (const [variant, { learningRates }] of Object.entries(variants)) {
    const run: GridRun = { phase: 'report', variant, seed: seeds[0]!, learningRate: learningRates?.[0] ?? null, steps };
    await runConfig(loaded, run, 1);
  }
}

function unplanned(plan: VariantPlan | null, variants: LoadedExperiment['experiment']['variants']): string[] {
  return plan === null ? [] : Object.keys(variants).filter((name) => !plan.has(name)).map((name) => `${name}, every rate`);
}

function readDone({ fileSystem, directory }: GridDeps, ends: readonly GridRunEnd[], what: { readonly picks: boolean }): Promise<RunRecord[]> {
  return onRead(directory, () => readRecords(fileSystem, ends.filter(({ ending }) => ending === 'done'), what));
}
