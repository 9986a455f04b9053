/**
 * `pretrainzero replay`. In: a run's folder and what to ask of its log. Out: whether every value follows from it, what would have changed, or a new run learned from it; exit code 1 where
 * the log differs. Can go wrong: what `replay` throws. Ctrl-C ends it after the step in progress, a second one at once.
 */
import { join } from 'node:path';
import type { StepChanges } from '../../operators/replay/step-changes.ts';
import { replay } from '../../pipelines/replay.ts';
import type { ReplayEvent } from '../../pipelines/replay/replay-events.ts';
import type { ReplayOptions } from '../../pipelines/replay/replay-options.ts';
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';
import { onRead } from '../file-system/file-error.ts';
import { decimal, percent } from './amounts.ts';
import type { CliWorld } from './cli-world.ts';
import { exitCodes } from './exit-codes.ts';
import { inkOf, type Ink } from './ink.ts';
import { changeHead, changeLines, changeRow } from './replay/change-lines.ts';
import { loadChange } from './replay/load-change.ts';
import { outcomeLines } from './replay/outcome-lines.ts';
import { createReplayProgress } from './replay/replay-progress.ts';
import { listenForStop } from './stop-signals.ts';
import { tableLines } from './table-lines.ts';

export interface ReplayCommandOptions {
  readonly steps?: string;
  readonly set: readonly string[];
  /** ES module with operators of one's own. */
  readonly pipeline?: string;
  readonly gradients: boolean;
  readonly train: boolean;
  /** Where the log is read from, and where replayed steps are put, in place of the folder alone. */
  readonly from?: string;
  readonly to?: string;
  readonly out?: string;
  readonly resume: boolean;
  readonly examples: number;
  readonly json: boolean;
}

export async function replayCommand(directory: string, options: ReplayCommandOptions, world: CliWorld): Promise<number> {
  const { terminal, clock } = world;
  const ink = inkOf(terminal.color);
  const started = clock.now();
  const asked = await replayOptions(directory, options, world);
  const progress = createReplayProgress(terminal, clock, { silent: options.json });
  const stop = listenForStop(world.signals, clock, {
    first: () => terminal.complain('Stopping after the step in progress. Ctrl-C again stops at once.\n'),
    second: () => world.exit(exitCodes.interrupted),
  });
  const changes: StepChanges[] = [];
  try {
    const { events, done } = replay(directory, { ...asked, signal: stop.signal });
    events.subscribe((event) => {
      if (event.type === 'step-changes') changes.push({ ...event.changes, examples: [] });
      if (options.json) terminal.write(`${JSON.stringify(event)}\n`);
      else progress.print(eventLines(event, ink));
      progress.show(event);
    });
    const outcome = await onRead(directory, () => done).finally(() => progress.clear());
    if (!options.json) {
      const table = outcome.changes === null ? [] : [...tableLines([changeHead, ...changes.map(changeRow), changeRow(outcome.changes)]), '', ...changeLines(outcome.changes, ink)];
      terminal.write([...table, ...outcomeLines(outcome, clock.now() - started, ink)].map((line) => `${line}\n`).join(''));
    }
    if (outcome.difference !== null) return exitCodes.failed;
    return outcome.interrupted ? exitCodes.interrupted : exitCodes.ok;
  } finally {
    stop.close();
  }
}

async function replayOptions(directory: string, options: ReplayCommandOptions, { folder }: CliWorld): Promise<ReplayOptions> {
  const { steps, set, pipeline, gradients, train, from, to, out, resume, examples } = options;
  if (gradients && train) throw new PretrainZeroError('USAGE', '--gradients computes the updates of the run again, --train makes others: one of them');
  if (!train && (out !== undefined || resume)) throw new PretrainZeroError('USAGE', '--out and --resume are of the run that --train makes');
  return {
    set,
    gradients,
    examples,
    ...(from !== undefined && { from: transportOf('--from', from) }),
    ...(to !== undefined && { to: transportOf('--to', to) }),
    ...(steps !== undefined && { steps }),
    ...(pipeline !== undefined && { change: await loadChange(pipeline, folder) }),
    ...(train && { train: { directory: out ?? join(`${directory.replace(/[/\\]+$/, '')}-from-log`), resume } }),
  };
}

function transportOf(option: string, name: string): 'kafka' {
  if (name !== 'kafka') throw new PretrainZeroError('USAGE', `${option} takes kafka, not "${name}"`);
  return name;
}

function eventLines(event: ReplayEvent, ink: Ink): string[] {
  switch (event.type) {
    case 'note':
      return [ink.dim(event.message)];
    case 'warning':
      return [`${ink.yellow(event.code)}: ${event.message}`];
    case 'weights-compared':
      return [`weights after step ${event.step}: ${event.exact ? 'the same to the bit' : `within ${percent(event.relative, 3)} of the way the updates went`} (${event.backend})`];
    case 'step-trained': {
      const { step, loss, ratioMean, clippedLowShare, clippedHighShare, cappedShare } = event.report;
      return [`step ${step}  loss ${decimal(loss, 4)}  ratio ${decimal(ratioMean, 3)}  clipped ${percent(clippedLowShare + clippedHighShare, 1)}  truncated ${percent(cappedShare, 1)}`];
    }
    default:
      return [];
  }
}
