/**
 * What the quickstart learns, beside random spans at equal steps. Out: a row for each of five seeds and two pipelines: shares in percent before and after. Two runs
 * at a time on half the cores each would tell the same: a run's figures do not depend on threads.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../../infra/config/load-config.ts';
import type { EvaluationSummary } from '../../operators/evaluation/summarise-evaluation.ts';
import { launch } from '../../pipelines/launch.ts';

const seeds = [1, 2, 3, 4, 5];
const configs = ['quickstart', 'quickstart-random-span'];

export interface LearningRow {
  readonly seed: number;
  readonly config: string;
  /** `name` before and `name, after`: percent; distinct texts per 100 masks. */
  readonly [figure: string]: number | string | null;
}

export async function benchLearning(): Promise<LearningRow[]> {
  const rows: LearningRow[] = [];
  for (const seed of seeds) for (const name of configs) rows.push(await learn(name, seed));
  return rows;
}

async function learn(name: string, seed: number): Promise<LearningRow> {
  const directory = await mkdtemp(join(tmpdir(), 'pretrainzero-bench-'));
  try {
    const { config } = await loadConfig(name, { set: [`run.seed=${seed}`] });
    const { before, after } = await launch(config, { directory: join(directory, 'run') }).done;
    const first = figuresOf(before!);
    const last = figuresOf(after!);
    const pairs = Object.keys(first).flatMap((figure) => [[figure, first[figure]!], [`${figure}, after`, last[figure]!]] as const);
    const row = { seed, config: name, ...Object.fromEntries(pairs) };
    process.stderr.write(`${JSON.stringify(row)}\n`);
    return row;
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

function figuresOf({ cloze, maskProbe }: EvaluationSummary): Record<string, number> {
  const right = (spanClass: string): number => percent(cloze?.byClass.find((each) => each.spanClass === spanClass)?.accuracy);
  const share = (spanClass: string): number => percent(maskProbe?.byClass.find((each) => each.spanClass === spanClass)?.share);
  return {
    all: percent(cloze?.accuracy),
    inferable: right('inferable'),
    knowledge: right('knowledge'),
    'usable masks': percent(maskProbe?.usableShare),
    'noise masks': share('noise'),
    'trivial masks': share('trivial'),
    'ambiguous masks': share('ambiguous'),
    'distinct per 100': maskProbe?.distinctMasksPerHundred ?? 0,
  };
}

function percent(share = 0): number {
  return Math.round(share * 1000) / 10;
}
