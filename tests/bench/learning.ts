/**
 * What the quickstart learns, beside random spans at equal steps. In: optionally a file for the picture (`--svg FILE`). Out: a row for each of five
 * seeds and two pipelines: shares in percent, before and after. Each run is told on standard error as it ends. About 10 minutes on two cores.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../../infra/config/load-config.ts';
import type { EvaluationSummary } from '../../operators/evaluation/summarise-evaluation.ts';
import { launch } from '../../pipelines/launch.ts';
import { learningChart, type LearningCurve } from './learning-chart.ts';

const seeds = [1, 2, 3, 4, 5];
const configs = ['quickstart', 'quickstart-random-span'];

/** `seed` and `config`; and each figure before and after the run: percent, or distinct texts per 100 masks. */
export type LearningRow = Readonly<Record<string, number | string>>;

export async function benchLearning(svgFile: string | undefined): Promise<LearningRow[]> {
  const rows: LearningRow[] = [];
  const curves: LearningCurve[] = [];
  for (const seed of seeds) {
    for (const config of configs) {
      const points = await learn(config, seed);
      const row = { seed, config, ...beforeAndAfter(points.at(0)!.figures, points.at(-1)!.figures) };
      process.stderr.write(`${JSON.stringify(row)}\n`);
      rows.push(row);
      curves.push({ config, points });
    }
  }
  if (svgFile !== undefined) await writeFile(svgFile, learningChart(curves));
  return rows;
}

/** The held-out figures of one run: of the base model, then of each evaluation. */
async function learn(name: string, seed: number): Promise<LearningCurve['points']> {
  const directory = await mkdtemp(join(tmpdir(), 'pretrainzero-bench-'));
  try {
    const { config } = await loadConfig(name, { set: [`run.seed=${seed}`, 'engine.backend=wasm'] });
    const run = launch(config, { directory: join(directory, 'run') });
    const points: { step: number; figures: Figures }[] = [];
    run.events.subscribe((event) => {
      if (event.type === 'evaluation') points.push({ step: event.step, figures: figuresOf(event.summary) });
    });
    await run.done;
    return points;
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

type Figures = Readonly<Record<string, number>>;

function figuresOf({ cloze, maskProbe }: EvaluationSummary): Figures {
  const right = (spanClass: string): number => percent(cloze?.byClass.find((each) => each.spanClass === spanClass)?.accuracy);
  const share = (spanClass: string): number => percent(maskProbe?.byClass.find((each) => each.spanClass === spanClass)?.share);
  const classes = maskProbe?.byClass.map(({ spanClass }) => spanClass) ?? [];
  return {
    all: percent(cloze?.accuracy),
    inferable: right('inferable'),
    knowledge: right('knowledge'),
    usable: percent(maskProbe?.usableShare),
    ...Object.fromEntries(['noise', 'trivial', 'ambiguous', 'inferable', 'knowledge'].map((name) => [`${name} masks`, classes.includes(name) ? share(name) : 0])),
    distinct: maskProbe?.distinctMasksPerHundred ?? 0,
  };
}

function beforeAndAfter(before: Figures, after: Figures): Figures {
  return Object.fromEntries(Object.keys(before).flatMap((name) => [[name, before[name]!], [`${name}, after`, after[name]!]]));
}

function percent(share = 0): number {
  return Math.round(share * 1000) / 10;
}
