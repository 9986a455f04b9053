/**
 * `pretrainzero evaluate`. In: a config, and where the results shall lie. Out: progress, then the figure with its interval and by category. Fails with what `loadConfig` and `evaluate` throw. The first Ctrl-C ends it after the batch
 * in progress, the second at once; the same command goes on.
 */
import { join } from 'node:path';
import { evaluate, type EvaluationOutcome, type EvaluationProgress } from '../../pipelines/evaluate.ts';
import type { Estimate } from '../../operators/benchmarks/summarise-benchmark.ts';
import { loadConfig } from '../config/load-config.ts';
import { count, decimal, duration, percent, rate } from './amounts.ts';
import type { CliWorld } from './cli-world.ts';
import { exitCodes } from './exit-codes.ts';
import { inkOf } from './ink.ts';
import { createLiveBlock } from './progress/live-block.ts';
import { runDirectory } from './run-command.ts';
import { listenForStop } from './stop-signals.ts';
import { tableLines } from './table-lines.ts';

export interface EvaluateCommandOptions {
  readonly set: readonly string[];
  /** @default evaluations/NAME-BENCHMARK, NAME being the config's run.name */
  readonly out?: string;
  readonly json: boolean;
}

const toldEveryMs = 10_000; // where lines cannot be drawn again

export async function evaluateCommand(configName: string, { set, out, json }: EvaluateCommandOptions, world: CliWorld): Promise<number> {
  const { terminal, clock } = world;
  const { config } = await loadConfig(configName, { set, folder: world.folder });
  const directory = out === undefined ? join('evaluations', `${config.run.name}-${config.benchmark.name}`) : runDirectory(config, { out }, world);
  const block = terminal.interactive && !json ? createLiveBlock(terminal) : null;
  let toldAt = -Infinity;
  const tell = (progress: EvaluationProgress): void => {
    if (block !== null) return block.draw([progressLine(progress)]);
    const last = progress.done === progress.total;
    if (!last && clock.now() - toldAt < toldEveryMs) return;
    toldAt = clock.now();
    terminal.write(json ? `${JSON.stringify({ type: 'progress', ...progress })}\n` : `${progressLine(progress)}\n`);
  };
  const stop = listenForStop(world.signals, clock, {
    first: () => terminal.complain('Finishing the batch in progress, then stopping; the same command goes on.\n'),
    second: () => world.exit(exitCodes.interrupted),
  });
  try {
    const outcome = await evaluate(config, { directory, signal: stop.signal, onProgress: tell });
    block?.clear();
    terminal.write(json ? `${JSON.stringify({ type: outcome.kind, ...outcome })}\n` : outcomeLines(outcome, inkOf(terminal.color).bold).map((line) => `${line}\n`).join(''));
    return outcome.kind === 'completed' ? exitCodes.ok : exitCodes.interrupted;
  } finally {
    stop.close();
  }
}

function progressLine({ done, total, kept, right, tokens, elapsedMs, leftMs }: EvaluationProgress): string {
  const speed = rate(tokens, elapsedMs);
  return [
    `${count(done)}/${count(total)} answers`,
    ...(kept === 0 ? [] : [`${count(kept)} kept from before`]),
    ...(done === 0 ? [] : [`${percent(right / done, 1)} right`]),
    ...(tokens === 0 || speed === null ? [] : [`${decimal(speed, 0)} tokens/s`]),
    ...(leftMs === null || done === total ? [] : [`${duration(leftMs)} left`]),
  ].join(' · ');
}

function outcomeLines({ kind, benchmark, model, directory, summary, leftOut }: EvaluationOutcome, bold: (text: string) => string): string[] {
  if (kind === 'interrupted' || summary === null) return ['Stopped; the same command goes on.'];
  const interval = ({ score, low, high }: Estimate): string[] => [percent(score, 2), `${percent(low, 1)} to ${percent(high, 1)}`];
  const name = summary.metric === 'harmonic' ? 'harmonic mean' : summary.samplesPerQuestion > 1 ? `mean@${summary.samplesPerQuestion}` : 'accuracy';
  const rows = [
    ['', 'questions', name, '95% interval'],
    [bold(benchmark), count(summary.questions), ...interval(summary)],
    ...summary.byCategory.map((each) => [`  ${each.category}`, count(each.questions), ...interval(each)]),
  ];
  const notes = [
    ...(summary.metric === 'harmonic' ? [`mean over all questions ${percent(summary.accuracy, 2)}`] : []),
    `no answer found ${percent(summary.missingShare, 1)}`,
    `cut off at the limit ${percent(summary.truncatedShare, 1)}`,
    ...(leftOut === 0 ? [] : [`${count(leftOut)} rows of the files are no questions`]),
  ];
  return [...tableLines(rows), notes.join(' · '), `${model}; every answer is in ${join(directory, 'answers')}`];
}
