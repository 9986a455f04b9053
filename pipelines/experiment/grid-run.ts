/** One run of a grid: where it lives, and what config it has. */
import { join } from 'node:path';
import type { LoadedExperiment } from '../../infra/config/load-experiment.ts';
import type { Config } from '../../schemas/config/config.ts';
import type { Experiment } from '../../schemas/experiment/experiment.ts';

/**
 * - `gauge`: a few steps, to learn how many tokens a step of a variant takes;
 * - `tuning`: a learning rate tried on a tuning seed;
 * - `report`: what the report compares.
 */
export type GridPhase = 'gauge' | 'tuning' | 'report';

export interface GridRun {
  readonly phase: GridPhase;
  readonly variant: string;
  readonly seed: number;
  /** Null: the config's. */
  readonly learningRate: number | null;
  readonly steps: number;
}

/** Of a gauge run. */
export const gaugeSteps = 5;

/** Relative to the experiment's folder. */
export function runFolder({ phase, variant, seed, learningRate }: GridRun): string {
  const rate = phase === 'tuning' && learningRate !== null ? [`rate-${learningRate}`] : [];
  return join(phase === 'report' ? 'runs' : phase, variant, ...rate, `seed-${seed}`);
}

/** As it is told: `random-span, rate 0.0004, seed 3`. */
export function runTitle({ phase, variant, seed, learningRate }: GridRun): string {
  if (phase === 'gauge') return `${variant}, tokens of a step`;
  return [variant, ...(phase === 'tuning' && learningRate !== null ? [`rate ${learningRate}`] : []), `seed ${seed}`].join(', ');
}

/**
 * The config of a run. A gauge run measures nothing and needs no warm-up.
 * @param threads taken where the config leaves it open (`engine.threads: 0`)
 */
export async function runConfig({ experiment, configOf }: LoadedExperiment, run: GridRun, threads: number): Promise<Config> {
  const { phase, variant, seed, learningRate, steps } = run;
  const settings = [
    `run.name=${experiment.name}.${runFolder(run).replaceAll(/[/\\]/g, '.')}`,
    `run.seed=${seed}`,
    `run.steps=${steps}`,
    ...(learningRate === null ? [] : [`optimiser.learningRate=${learningRate}`]),
    ...(phase === 'gauge' ? ['optimiser.warmupSteps=0', 'evaluation.cloze=null', 'evaluation.probe=null', 'evaluation.every=0'] : [`evaluation.every=${evaluationEvery(experiment, steps)}`]),
  ];
  const config = await configOf(variant, settings);
  return config.engine.threads === 0 ? { ...config, engine: { ...config.engine, threads } } : config;
}

function evaluationEvery({ evaluations }: Experiment, steps: number): number {
  return Math.max(1, Math.ceil(steps / evaluations));
}
