/**
 * What the quickstart learns, beside random spans at equal steps. In: optionally a file for the picture (`--svg FILE`). Out: a row for each of five
 * seeds and two pipelines: shares in percent, before and after. Each run is told on standard error as it ends. About 25 minutes on two idle cores.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../../infra/config/load-config.ts';
import { beside } from '../../infra/report/charts/beside.ts';
import { lineChart } from '../../infra/report/charts/line-chart.ts';
import { standaloneSvg } from '../../infra/report/charts/standalone-svg.ts';
import { curveOf } from '../../operators/analysis/curve.ts';
import { heldOutFigures } from '../../operators/analysis/held-out-figures.ts';
import { measure } from '../../operators/analysis/measure.ts';
import type { EvaluationSummary } from '../../operators/evaluation/summarise-evaluation.ts';
import { launch } from '../../pipelines/launch.ts';

const seeds = [1, 2, 3, 4, 5];
const configs = ['quickstart', 'quickstart-random-span'];

/** `seed` and `config`; and each figure before and after the run: percent, or distinct texts per 100 masks. */
export type LearningRow = Readonly<Record<string, number | string>>;

interface Evaluation {
  readonly step: number;
  readonly summary: EvaluationSummary;
}

interface LearnedRun {
  readonly config: string;
  readonly evaluations: readonly Evaluation[];
}

export async function benchLearning(svgFile: string | undefined): Promise<LearningRow[]> {
  const rows: LearningRow[] = [];
  const runs: LearnedRun[] = [];
  for (const seed of seeds) {
    for (const config of configs) {
      const evaluations = await learn(config, seed);
      const row = { seed, config, ...beforeAndAfter(figuresOf(evaluations.at(0)!), figuresOf(evaluations.at(-1)!)) };
      process.stderr.write(`${JSON.stringify(row)}\n`);
      rows.push(row);
      runs.push({ config, evaluations });
    }
  }
  if (svgFile !== undefined) await writeFile(svgFile, picture(runs));
  return rows;
}

/** The held-out figures of one run: of the base model, then of each evaluation. */
async function learn(name: string, seed: number): Promise<Evaluation[]> {
  const directory = await mkdtemp(join(tmpdir(), 'pretrainzero-bench-'));
  try {
    const { config } = await loadConfig(name, { set: [`run.seed=${seed}`, 'engine.backend=wasm'] });
    const run = launch(config, { directory: join(directory, 'run') });
    const evaluations: Evaluation[] = [];
    run.events.subscribe((event) => {
      if (event.type === 'evaluation') evaluations.push(event);
    });
    await run.done;
    return evaluations;
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

function figuresOf({ summary }: Evaluation): Readonly<Record<string, number>> {
  return Object.fromEntries(heldOutFigures(summary).map(({ name, unit, value }) => [name, Math.round(unit === 'share' ? value * 1000 : value * 10) / 10]));
}

function beforeAndAfter(before: Readonly<Record<string, number>>, after: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.keys(after).flatMap((name) => [[name, before[name] ?? 0], [`${name}, after`, after[name]!]]));
}

const panels: readonly { readonly title: string; readonly of: (summary: EvaluationSummary) => number | null }[] = [
  { title: 'Inferable and knowledge spans right, %', of: (summary) => measure(summary, ['inferable', 'knowledge']) },
  { title: 'Usable masks, %', of: ({ maskProbe }) => maskProbe?.usableShare ?? null },
  { title: 'Noise among the usable masks, %', of: ({ maskProbe }) => maskProbe?.byClass.find(({ spanClass }) => spanClass === 'noise')?.share ?? 0 },
];

/** Three panels: means over the seeds with their 95% intervals. */
function picture(runs: readonly LearnedRun[]): string {
  const charts = panels.map(({ title, of }) => {
    const curve = (name: string) => curveOf(runs.filter(({ config }) => config === name).map(({ evaluations }) => evaluations.map(({ step, summary }) => ({ x: step, y: of(summary) }))));
    const series = configs.map((name, colour) => ({ name, colour, points: curve(name) }));
    return { title, svg: lineChart({ description: title, xTitle: 'step', scale: 100, share: true, series })! };
  });
  return standaloneSvg(beside(charts));
}
