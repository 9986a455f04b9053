/**
 * `pretrainzero worker`. In: a config, a stage, where the run lives. Out: its work until the run ends, and an exit code. Can go wrong: USAGE for a stage that there is not; what
 * `loadConfig` and `runWorker` throw. The first Ctrl-C, or the end of a parent that started it, lets it leave after the work in progress, the second at once.
 */
import { randomUUID } from 'node:crypto';
import { workerStage } from '../../pipelines/distributed/stage-names.ts';
import { runWorker } from '../../pipelines/distributed/run-worker.ts';
import { namedTopologies } from '../../pipelines/named-topologies.ts';
import type { RunEvent } from '../../pipelines/run-events.ts';
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';
import { loadConfig } from '../config/load-config.ts';
import type { CliWorld } from './cli-world.ts';
import { exitCodeOf, exitCodes } from './exit-codes.ts';
import { inkOf } from './ink.ts';
import { eventLines } from './progress/event-lines.ts';
import { emptyView, reduceView } from './progress/run-view.ts';
import { runDirectory } from './run-command.ts';
import { listenForStop } from './stop-signals.ts';

export interface WorkerOptions {
  readonly set: readonly string[];
  readonly stage: string;
  /** @default runs/NAME, NAME being the config's run.name */
  readonly out?: string;
  readonly json: boolean;
  readonly wait: boolean;
}

export async function workerCommand(configName: string, options: WorkerOptions, world: CliWorld): Promise<number> {
  const { terminal } = world;
  const { config } = await loadConfig(configName, { set: [...options.set, 'transport=kafka'], folder: world.folder });
  const stage = workerStage(namedTopologies[config.pipeline], options.stage);
  const stop = listenForStop(world.signals, world.clock, {
    first: () => terminal.complain('Leaving after the work in progress. Ctrl-C again stops at once.\n'),
    second: () => world.exit(exitCodes.interrupted),
  });
  const ink = inkOf(terminal.color);
  let view = emptyView;
  const show = (event: RunEvent): void => {
    view = reduceView(view, event);
    if (options.json) terminal.write(`${JSON.stringify(event)}\n`);
    else for (const line of eventLines(event, view, ink)) terminal.write(`${line}\n`);
  };
  if (!options.json) terminal.write(`worker ${stage} of the run ${config.run.name}, by ${config.kafka.brokers.join(', ')}\n`);
  try {
    await runWorker({ config, stage, directory: runDirectory(config, options, world), id: randomUUID(), wait: options.wait, signal: AbortSignal.any([stop.signal, world.orphaned]), emit: show });
    if (!options.json) terminal.write(stop.signal.aborted ? 'Left.\n' : 'The run is over.\n');
    return exitCodes.ok;
  } catch (error) {
    if (!options.json || !(error instanceof PretrainZeroError)) throw error;
    show({ type: 'failed', code: error.code, message: error.message });
    return exitCodeOf(error.code);
  } finally {
    stop.close();
  }
}
