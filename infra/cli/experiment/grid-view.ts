/** Where a grid stands. In: its events with the time of each. Out: runs done and left, the rate, the time left. Pure. */
import type { GridEvent } from '../../../pipelines/experiment/grid-events.ts';
import { runTitle, type GridRun } from '../../../pipelines/experiment/grid-run.ts';

interface RunView {
  readonly run: GridRun;
  readonly title: string;
  /** Committed steps, in all; and when the grid came to it. */
  readonly step: number;
  readonly startedAtStep: number;
  readonly startedAtMs: number;
  readonly lastMs: number;
  readonly state: 'waiting' | 'active' | 'done' | 'failed';
}

interface VariantView {
  readonly runs: number;
  /** Of a run; null until it is known. */
  readonly steps: number | null;
}

export interface GridView {
  readonly name: string;
  readonly jobs: number;
  readonly startedMs: number | null;
  readonly nowMs: number;
  readonly phase: string;
  readonly variants: ReadonlyMap<string, VariantView>;
  /** By title, in order. */
  readonly runs: ReadonlyMap<string, RunView>;
  /** Sampled and trained on since the grid was started. */
  readonly tokens: number;
}

export const emptyGridView: GridView = { name: '', jobs: 1, startedMs: null, nowMs: 0, phase: '', variants: new Map(), runs: new Map(), tokens: 0 };

export function reduceGridView(view: GridView, event: GridEvent, nowMs: number): GridView {
  const next = { ...view, nowMs };
  switch (event.type) {
    case 'grid':
      return { ...next, name: event.name, jobs: event.jobs, startedMs: nowMs, variants: new Map(event.variants.map(({ name, runs, steps }) => [name, { runs, steps }])) };
    case 'phase': {
      const runs = event.runs.map(({ run, steps }): [string, RunView] => [keyOf(run), { run, title: runTitle(run), step: steps, startedAtStep: steps, startedAtMs: nowMs, lastMs: nowMs, state: steps >= run.steps ? 'done' : 'waiting' }]);
      return { ...next, phase: event.phase, runs: new Map([...view.runs, ...runs]) };
    }
    case 'planned':
      return { ...next, variants: new Map([...view.variants, [event.variant, { runs: view.variants.get(event.variant)?.runs ?? 0, steps: event.steps }]]) };
    case 'run-started':
      return changed(next, event.run, { state: 'active', startedAtMs: nowMs, step: event.resumedFrom, startedAtStep: event.resumedFrom, lastMs: nowMs });
    case 'run-step':
      return changed({ ...next, tokens: view.tokens + event.tokens }, event.run, { step: event.step, lastMs: nowMs });
    case 'run-finished':
      return changed(next, event.run, { state: 'done', step: event.run.steps, lastMs: nowMs });
    case 'run-failed':
      return changed(next, event.run, { state: 'failed', lastMs: nowMs });
    case 'warning':
    case 'rate-missing':
    case 'report':
      return next;
  }
}

/** Runs of tuning and report that are over, and all. */
export function runCounts(view: GridView): { readonly done: number; readonly total: number } {
  const counted = countedRuns(view);
  return { done: counted.filter(({ state }) => state === 'done' || state === 'failed').length, total: [...view.variants.values()].reduce((sum, { runs }) => sum + runs, 0) };
}

/** Tokens sampled and trained on in a second; null at the beginning. */
export function tokensPerSecond({ startedMs, nowMs, tokens }: GridView): number | null {
  return startedMs === null || tokens === 0 || nowMs <= startedMs ? null : (1000 * tokens) / (nowMs - startedMs);
}

/** Of all steps of the grid, in [0, 1]. */
export function shareDone(view: GridView): number {
  const [done, left] = [stepsDone(view), [...view.variants.keys()].reduce((sum, name) => sum + (stepsLeft(view, name) ?? 0), 0)];
  return done + left === 0 ? 0 : done / (done + left);
}

/**
 * Milliseconds to the end of the whole grid: each variant's steps left by the time its own steps took, those of a variant not yet seen as long a run as the others'; shared out over the jobs. Null before a step of
 * a run was done, and while the steps of a variant are not known.
 */
export function timeLeftMs(view: GridView): number | null {
  const names = [...view.variants.keys()];
  const msPerRun = names.flatMap((name) => {
    const [ms, steps] = [msPerStep(view, name), view.variants.get(name)!.steps];
    return ms === null || steps === null ? [] : [ms * steps];
  });
  if (msPerRun.length === 0) return null;
  const typical = msPerRun.reduce((sum, ms) => sum + ms, 0) / msPerRun.length;
  let total = 0;
  for (const name of names) {
    const [left, steps] = [stepsLeft(view, name), view.variants.get(name)!.steps];
    if (left === null || steps === null) return null;
    total += left * (msPerStep(view, name) ?? typical / steps);
  }
  const open = runCounts(view).total - runCounts(view).done;
  return total / Math.max(1, Math.min(view.jobs, open));
}

export function activeRuns({ runs }: GridView): readonly RunView[] {
  return [...runs.values()].filter(({ state }) => state === 'active');
}

function keyOf(run: GridRun): string {
  return `${run.phase}/${runTitle(run)}`;
}

function changed(view: GridView, run: GridRun, change: Partial<RunView>): GridView {
  const before = view.runs.get(keyOf(run));
  return before === undefined ? view : { ...view, runs: new Map([...view.runs, [keyOf(run), { ...before, ...change }]]) };
}

function countedRuns({ runs }: GridView): RunView[] {
  return [...runs.values()].filter(({ run }) => run.phase !== 'gauge');
}

function stepsDone(view: GridView): number {
  return countedRuns(view).reduce((sum, { step, run, state }) => sum + (state === 'failed' ? run.steps : step), 0);
}

function stepsLeft(view: GridView, name: string): number | null {
  const variant = view.variants.get(name)!;
  if (variant.steps === null) return null;
  const known = countedRuns(view).filter(({ run }) => run.variant === name);
  const left = known.reduce((sum, { run, step, state }) => sum + (state === 'failed' ? 0 : run.steps - step), 0);
  return left + Math.max(0, variant.runs - known.length) * variant.steps;
}

/** As seen since the grid was started; null where no step of it was. */
function msPerStep(view: GridView, name: string): number | null {
  const seen = countedRuns(view).filter(({ run, step, startedAtStep }) => run.variant === name && step > startedAtStep);
  const steps = seen.reduce((sum, { step, startedAtStep }) => sum + step - startedAtStep, 0);
  return steps === 0 ? null : seen.reduce((sum, { lastMs, startedAtMs }) => sum + lastMs - startedAtMs, 0) / steps;
}
