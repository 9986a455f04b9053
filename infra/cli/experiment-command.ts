/**
 * `pretrainzero experiment`. In: an experiment's file. Out: its runs done, and its report written; exit code 1 where a run failed, 130 where it was stopped. Can go wrong: what `loadExperiment`, `runExperiment` and
 * `writeReport` throw. The first Ctrl-C ends the runs in progress after their step, the second at once; the same command goes on.
 */
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Verdict } from '../../operators/analysis/paired-difference.ts';
import type { GridEvent } from '../../pipelines/experiment/grid-events.ts';
import { runExperiment, type ExperimentOutcome } from '../../pipelines/experiment/run-experiment.ts';
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';
import type { Experiment } from '../../schemas/experiment/experiment.ts';
import { loadExperiment } from '../config/load-experiment.ts';
import { figure, percentForm, signedWithInterval, withInterval } from '../report/figure-text.ts';
import { writeReport, type WrittenReport } from '../report/write-report.ts';
import type { CliWorld } from './cli-world.ts';
import { quote } from './command-name.ts';
import { exitCodes } from './exit-codes.ts';
import { gridEventLines, gridLiveLines } from './experiment/grid-lines.ts';
import { emptyGridView, reduceGridView } from './experiment/grid-view.ts';
import { inkOf, type Ink } from './ink.ts';
import { createLiveBlock } from './progress/live-block.ts';
import { listenForStop } from './stop-signals.ts';
import { tableLines } from './table-lines.ts';

export interface ExperimentOptions {
  /** @default experiments/NAME, NAME being the experiment's name */
  readonly out?: string;
  readonly jobs: number;
  /** Only write the report of the runs that are done. */
  readonly report: boolean;
  readonly json: boolean;
}

export async function experimentCommand(nameOrPath: string, options: ExperimentOptions, world: CliWorld): Promise<number> {
  const { terminal, clock, fileSystem } = world;
  const { out, jobs, report, json } = options;
  if (out === '') throw new PretrainZeroError('USAGE', '--out takes the path of a folder, and is empty');
  const ink = inkOf(terminal.color);
  const loaded = await loadExperiment(nameOrPath, world.folder);
  const { experiment } = loaded;
  const directory = out ?? join('experiments', experiment.name);
  const again = [world.command, 'experiment', quote(nameOrPath), ...(out === undefined ? [] : ['--out', quote(out)]), ...(jobs === 1 ? [] : ['--jobs', jobs])].join(' ');
  const block = createLiveBlock(terminal);
  const show = progressOf(world, json, block, ink);
  const stop = listenForStop(world.signals, clock, {
    first: () => terminal.complain(`Finishing the steps in progress, then stopping. Ctrl-C again stops at once; either way, go on with\n  ${again}\n`),
    second: () => {
      terminal.complain(`Stopped. Go on with\n  ${again}\n`);
      world.exit(exitCodes.interrupted);
    },
  });
  try {
    const threads = Math.max(1, Math.floor(availableParallelism() / jobs));
    const signal = report ? AbortSignal.abort() : stop.signal;
    const outcome = await runExperiment(loaded, { directory, fileSystem, launch: world.launch, jobs, threads, signal, emit: show });
    const written = await writeReport(fileSystem, directory, { experiment, ...outcome });
    show({ type: 'report', ...written });
    block.clear();
    if (!json) terminal.write(closingLines(experiment, outcome, written, again, ink).map((line) => `${line}\n`).join(''));
    if (stop.signal.aborted) return exitCodes.interrupted;
    return outcome.failed.length > 0 ? exitCodes.failed : exitCodes.ok;
  } finally {
    block.clear();
    stop.close();
  }
}

function progressOf({ terminal, clock }: CliWorld, json: boolean, block: ReturnType<typeof createLiveBlock>, ink: Ink): (event: GridEvent) => void {
  let view = emptyGridView;
  return (event) => {
    view = reduceGridView(view, event, clock.now());
    if (json) terminal.write(`${JSON.stringify(event)}\n`);
    else if (terminal.interactive) {
      block.print(gridEventLines(event, view, ink, false));
      block.draw(gridLiveLines(view, terminal.columns(), ink));
    } else terminal.write(gridEventLines(event, view, ink, true).map((line) => `${line}\n`).join(''));
  };
}

const verdictText: Readonly<Record<Verdict, string>> = { ahead: 'ahead', behind: 'behind', unclear: 'not told apart' };

function closingLines(experiment: Experiment, { comparison, failed, open }: ExperimentOutcome, { markdown, html }: WrittenReport, again: string, ink: Ink): string[] {
  const rows = comparison.variants.map(({ name, seeds, before, after, difference }) => [
    name,
    String(seeds.length),
    figure(before?.mean, percentForm),
    withInterval(after, percentForm),
    difference === null ? '' : signedWithInterval(difference.difference, percentForm),
    difference === null ? 'reference' : verdictText[difference.verdict],
  ]);
  return [
    '',
    ...tableLines([['variant', 'seeds', 'before', 'after, % right', `against ${experiment.reference}`, ''], ...rows]).map((line, i) => (i === 0 ? ink.bold(line) : line)),
    '',
    ...failed.map((title) => ink.red(`failed: ${title}`)),
    ...(open.length === 0 ? [] : [ink.yellow(`${open.length} run${open.length === 1 ? ' is' : 's are'} still to do; go on with`), `  ${again}`]),
    `Report: ${ink.bold(html)} and ${markdown}`,
  ];
}
