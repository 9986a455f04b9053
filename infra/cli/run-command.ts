/**
 * `pretrainzero run`. In: a config and where the run shall live. Out: its progress on the terminal, and an exit code. Can go wrong: what `loadConfig` and `launch`
 * throw. The first Ctrl-C ends the run after its step, the second at once.
 */
import { lastValueFrom, Subject } from 'rxjs';
import { isAbsolute, join, relative } from 'node:path';
import { exportMetrics } from '../../pipelines/export-metrics.ts';
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';
import type { Config } from '../../schemas/config/config.ts';
import { loadConfig } from '../config/load-config.ts';
import { workerCounts } from '../../pipelines/distributed/stage-names.ts';
import type { Run } from '../../pipelines/launch.ts';
import { namedTopologies } from '../../pipelines/named-topologies.ts';
import type { CliWorld } from './cli-world.ts';
import { quote } from './command-name.ts';
import { exitCodeAfter, exitCodes } from './exit-codes.ts';
import { inkOf } from './ink.ts';
import { nextSteps } from './progress/next-steps.ts';
import { outcomeLines } from './progress/outcome-lines.ts';
import { printEvents, showProgress } from './progress/show-progress.ts';
import { listenForStop } from './stop-signals.ts';

export interface RunOptions {
  readonly set: readonly string[];
  /** @default runs/NAME, NAME being the config's run.name */
  readonly out?: string;
  readonly resume: boolean;
  readonly json: boolean;
  /** Of a run over Kafka: `STAGE=COUNT,...`. */
  readonly workers?: string;
}

export async function runCommand(configName: string, options: RunOptions, world: CliWorld): Promise<number> {
  const { terminal } = world;
  const ink = inkOf(terminal.color);
  const { config } = await loadConfig(configName, { set: options.set, folder: world.folder });
  const directory = runDirectory(config, options, world);
  const again = resumeCommand(configName, directory, options, world);
  const live = terminal.interactive && !options.json;
  const notes = new Subject<string>(); // what is written past a block that is drawn again would be drawn over
  const note = (text: string): void => (live ? notes.next(text) : terminal.complain(`${text}\n`));
  const stop = listenForStop(world.signals, world.clock, {
    first: () => note(`${ink.yellow('Finishing the step in progress, then stopping. Ctrl-C again stops at once, which loses the steps since the last checkpoint; either way, go on with')}\n  ${again}`),
    second: () => {
      terminal.complain(`${live ? '\r' : ''}Stopped. Go on with\n  ${again}\n`);
      world.exit(exitCodes.interrupted);
    },
  });
  try {
    const run = config.transport === 'kafka' ? await runApart(config, directory, options, stop.signal) : runHere(config, directory, options, world, stop.signal);
    const exported = exportMetrics(run.events, { environment: world.environment, clock: world.clock, onProblem: (message) => note(ink.yellow(message)) });
    const shown = lastValueFrom(options.json ? printEvents(run.events, terminal) : showProgress(run.events, terminal, { notes }), { defaultValue: null });
    const outcome = await run.done.finally(() => Promise.all([shown, exported]));
    if (!options.json) {
      const next = nextSteps(outcome, { command: world.command, configName, config, set: options.set, again });
      terminal.write(outcomeLines(outcome, next, ink).map((line) => `${line}\n`).join(''));
    }
    return exitCodeAfter(outcome);
  } catch (error) {
    throw explained(error, again);
  } finally {
    stop.close();
  }
}

async function runApart(config: Config, directory: string, { resume, workers = '' }: RunOptions, signal: AbortSignal): Promise<Run> {
  const { launchDistributed } = await import('../../pipelines/distributed/launch-distributed.ts');
  return launchDistributed(config, { directory, resume, workers: workerCounts(namedTopologies[config.pipeline], workers), signal });
}

function runHere(config: Config, directory: string, { resume, workers }: RunOptions, { launch }: CliWorld, signal: AbortSignal): Run {
  if (workers !== undefined) throw new PretrainZeroError('USAGE', '--workers is for runs over Kafka: --set transport=kafka');
  return launch(config, { directory, resume, signal });
}

/** Relative to the working directory where it lies in it: that is how it is told and pasted. */
export function runDirectory({ run }: Config, { out }: Pick<RunOptions, 'out'>, { folder }: CliWorld): string {
  if (out === undefined) return join('runs', run.name);
  if (out === '') throw new PretrainZeroError('USAGE', '--out takes the path of a folder, and is empty');
  const inside = isAbsolute(out) ? relative(folder, out) : out;
  return inside.startsWith('..') || isAbsolute(inside) ? out : inside || '.';
}

function resumeCommand(configName: string, directory: string, { set, workers }: RunOptions, { command }: CliWorld): string {
  const counts = workers === undefined ? [] : ['--workers', quote(workers)];
  return [command, 'run', quote(configName), ...set.map((setting) => `--set ${quote(setting)}`), '--out', quote(directory), ...counts, '--resume'].join(' ');
}

/** Where going on is the remedy, the words for it. */
function explained(error: unknown, again: string): unknown {
  if (!(error instanceof PretrainZeroError) || !error.remedy.includes('--resume')) return error;
  return new PretrainZeroError(error.code, `${error.message}\n   to go on: ${again}`, {}, error);
}
