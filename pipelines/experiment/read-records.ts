/**
 * The runs of a grid as their folders tell of them. In: runs that are whole, and whether what they hid is asked for. Out: a record a run. Can go wrong: LOG_DAMAGED, RECORD_INVALID. How rare a word is counts over the paragraphs of all the runs given.
 */
import { join } from 'node:path';
import { readManifest } from '../../infra/checkpoints/manifest.ts';
import type { ManifestLine } from '../../infra/checkpoints/manifest-line.ts';
import { parseRunConfig } from '../../infra/checkpoints/run-config.ts';
import { layout } from '../../infra/checkpoints/run-layout.ts';
import type { FileSystem } from '../../infra/file-system/file-system.ts';
import { readText } from '../../infra/file-system/read-file.ts';
import { metricTables, sampleTables } from '../../infra/sample-log/log-tables.ts';
import { readPart } from '../../infra/sample-log/read-part.ts';
import type { PickContext } from '../../operators/analysis/describe-pick.ts';
import type { RunRecord } from '../../operators/analysis/run-record.ts';
import { corpusWords, type CorpusWords } from '../../operators/analysis/word-rarity.ts';
import { summariseEvaluation } from '../../operators/evaluation/summarise-evaluation.ts';
import type { Config } from '../../schemas/config/config.ts';
import type { GridRun } from './grid-run.ts';
import { readLabels } from './read-labels.ts';
import { readRunPicks } from './read-run-picks.ts';
import { readRunSteps } from './read-run-steps.ts';

export interface RunAt {
  readonly run: Pick<GridRun, 'variant' | 'seed'>;
  readonly directory: string;
}

interface OpenedRun extends RunAt {
  readonly config: Config;
  readonly lines: readonly ManifestLine[];
}

export async function readRecords(fileSystem: FileSystem, runs: readonly RunAt[], { picks }: { readonly picks: boolean }): Promise<RunRecord[]> {
  const opened: OpenedRun[] = [];
  for (const run of runs) opened.push(await openRun(fileSystem, run));
  const words = corpusWords();
  if (picks) for (const run of opened) await addParagraphs(fileSystem, run, words);
  const labels = new Map<string, PickContext['labels']>();
  const records: RunRecord[] = [];
  for (const run of opened) {
    const { path } = run.config.corpus;
    const corpus = JSON.stringify(path);
    if (picks && !labels.has(corpus)) labels.set(corpus, await readLabels(path));
    const context = { labels: labels.get(corpus) ?? null, rarity: (text: string) => words.rarity(text) };
    records.push({ ...(await readRecord(fileSystem, run)), picks: picks ? await readRunPicks(fileSystem, run.directory, run.lines, context) : [] });
  }
  return records;
}

async function openRun(fileSystem: FileSystem, run: RunAt): Promise<OpenedRun> {
  const file = join(run.directory, layout.config);
  return { ...run, config: parseRunConfig((await readText(fileSystem, file)) ?? '', file), lines: (await readManifest(fileSystem, run.directory)).lines };
}

async function addParagraphs(fileSystem: FileSystem, { directory, lines }: OpenedRun, words: CorpusWords): Promise<void> {
  for (const line of lines) for (const { text } of await readPart({ fileSystem, directory, line }, sampleTables.paragraphs, { columns: ['text'] })) words.add(text);
}

async function readRecord(fileSystem: FileSystem, { run, directory, config, lines }: OpenedRun): Promise<Omit<RunRecord, 'picks'>> {
  return {
    variant: run.variant,
    seed: run.seed,
    learningRate: config.optimiser.learningRate,
    backend: config.engine.backend,
    steps: await readRunSteps(fileSystem, directory, lines),
    evaluations: await readEvaluations(fileSystem, directory, lines),
  };
}

async function readEvaluations(fileSystem: FileSystem, directory: string, lines: readonly ManifestLine[]): Promise<RunRecord['evaluations']> {
  const evaluations: RunRecord['evaluations'][number][] = [];
  for (const line of lines) {
    const rows = await readPart({ fileSystem, directory, line }, metricTables.evaluations);
    for (const step of [...new Set(rows.map((row) => row.step))].sort((a, b) => a - b)) evaluations.push({ step, summary: summariseEvaluation(rows.filter((row) => row.step === step)) });
  }
  return evaluations;
}
