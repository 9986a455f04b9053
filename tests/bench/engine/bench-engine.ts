/**
 * The engine beside its peers: same machine, weights, prompts, number and length of rollouts. In: which measurements, models and backends. Out: rows. What
 * is computed is compared first, and a contender that computes something else is refused; one that cannot be run is named with the reason. Wrong: DISK_FULL,
 * NOT_WRITABLE. The first call downloads the peers; the 5M model takes about eight minutes on two cores. Progress goes to standard error.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../../../infra/setup/package-root.ts';
import { beforeTies, disagreement } from './agreement.ts';
import type { Figures } from './contender.ts';
import { contenders, handWrittenName, referenceName, trlName, type ContenderKind, type GgufKind, type OurBackend } from './contenders.ts';
import { installPeers, peerScript, pythonOfPeers } from './install-peers.ts';
import type { JobWork } from './job.ts';
import { measurementsOf, sgemmMeasurement, type MeasureName } from './measurements.ts';
import { benchModels, writeBenchModel, type ModelName } from './models.ts';
import { takeTurns, type Entry, type Outcome } from './rounds.ts';
import { rowsOf, summary, type EngineRow } from './rows.ts';
import { checkGroups } from './workload.ts';

export interface EngineBenchOptions {
  readonly only: readonly MeasureName[];
  readonly models: readonly ModelName[];
  readonly backends: readonly OurBackend[];
}

const greedyTokens = 32;

export async function benchEngine({ only, models, backends }: EngineBenchOptions): Promise<EngineRow[]> {
  const kinds = contenders(backends, installPeers());
  const rows: EngineRow[] = [];
  let sgemm: number | null = null;
  if (only.includes('arithmetic')) {
    const measurement = sgemmMeasurement();
    const outcomes = await measure(measurement.work, { folder: '', ggufs: {} }, kinds, measurement.rounds);
    sgemm = Math.max(0, ...outcomes.filter((outcome) => 'rounds' in outcome).map((outcome) => summary(outcome, measurement).best));
    rows.push(...rowsOf('', measurement, named(outcomes, kinds, new Map()), null));
  }
  for (const name of models) rows.push(...(await benchModel(name, only, kinds, sgemm)));
  return rows;
}

async function benchModel(name: ModelName, only: readonly MeasureName[], kinds: readonly ContenderKind[], sgemm: number | null): Promise<EngineRow[]> {
  const wanted = measurementsOf(name).filter(({ measure: each }) => only.includes(each));
  if (wanted.length === 0) return [];
  const files = await modelFiles(name, kinds);
  say(`${name}: what is computed`);
  const work = { kind: 'check', groups: checkGroups(benchModels[name].vocabularySize), greedyTokens } as const;
  const refusals = refusalsOf(await measure(work, files, kinds, 1));
  for (const [by, refusal] of refusals) say(`  refused: ${by}: ${refusal}`);
  const rows: EngineRow[] = [];
  for (const measurement of wanted) {
    say(`${name}: ${measurement.title}`);
    const outcomes = await measure(measurement.work, files, kinds, measurement.rounds);
    const own = measurement.measure === 'training' ? new Map([...refusals, ...lossRefusals(outcomes)]) : refusals;
    rows.push(...rowsOf(name.toUpperCase(), measurement, named(outcomes, kinds, own), sgemm));
  }
  return rows;
}

interface ModelFiles {
  readonly folder: string;
  readonly ggufs: Readonly<Partial<Record<GgufKind, string>>>;
}

async function modelFiles(name: ModelName, kinds: readonly ContenderKind[]): Promise<ModelFiles> {
  const models = join(packageRoot(), '.cache', 'bench-engine');
  const folder = await writeBenchModel(name, models);
  const { width, ffnWidth } = benchModels[name];
  const ggufs: Partial<Record<GgufKind, string>> = {};
  for (const { gguf, missing } of kinds) {
    if (gguf === null || missing !== null || (gguf === 'Q4_1' && (width % quantisedBlock !== 0 || ffnWidth % quantisedBlock !== 0))) continue;
    const file = join(models, `${name}.${gguf}.gguf`);
    if (!existsSync(file)) mustWrite([peerScript('write_gguf.py'), folder, file, gguf]);
    ggufs[gguf] = file;
  }
  return { folder, ggufs };
}

const quantisedBlock = 32; // weights of a row that share a scale

function mustWrite(args: readonly string[]): void {
  const { status, stderr } = spawnSync(pythonOfPeers(), args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${args.join(' ')} failed: ${stderr}`);
}

/** Outcomes of those who take part, in their order; of those who are missing, the reason. */
async function measure(work: JobWork, { folder, ggufs }: ModelFiles, kinds: readonly ContenderKind[], rounds: number): Promise<Outcome[]> {
  const parts = kinds.filter(({ commands, gguf, missing }) => commands[work.kind] !== undefined && (gguf === null || missing !== null || ggufs[gguf] !== undefined));
  const entries = parts
    .filter(({ missing }) => missing === null)
    .map(({ name, commands, backend, device, gguf }): Entry => {
      const job = { model: folder, gguf: gguf === null ? null : ggufs[gguf]!, backend, device, threads: os.availableParallelism(), work };
      return { name, command: commands[work.kind]!, job };
    });
  const outcomes = new Map((await takeTurns(entries, rounds)).map((outcome) => [outcome.name, outcome]));
  return parts.map(({ name, missing }) => outcomes.get(name) ?? { name, failure: `not installed: ${missing!}` });
}

function refusalsOf(checks: readonly Outcome[]): Map<string, string> {
  const reference = figuresOf(checks, referenceName);
  const refusals = new Map<string, string>();
  if (reference === null) return new Map(checks.map(({ name }) => [name, `not compared: ${referenceName} did not run`]));
  for (const { name } of checks) {
    const figures = figuresOf(checks, name);
    const refusal = figures === null ? 'its check failed' : disagreement(comparable(figures, reference), comparable(reference, reference));
    if (refusal !== null) refusals.set(name, refusal);
  }
  const trainer = refusals.get(referenceName);
  if (trainer !== undefined) refusals.set(trlName, trainer); // the same model class
  return refusals;
}

/** Greedy tokens as far as rounding cannot change them. */
function comparable(figures: Figures, { margins }: Figures): Figures {
  return { ...figures, greedy: beforeTies(figures.greedy as number[], margins as number[], greedyTokens) };
}

/** After the same number of the same updates the losses must still be the same. */
function lossRefusals(outcomes: readonly Outcome[]): Map<string, string> {
  const reference = figuresOf(outcomes, handWrittenName);
  const refusals = outcomes.flatMap(({ name }): [string, string][] => {
    const figures = figuresOf(outcomes, name);
    const refusal = figures === null || reference === null ? null : disagreement({ loss: figures.loss }, { loss: reference.loss });
    return refusal === null ? [] : [[name, refusal]];
  });
  return new Map(refusals);
}

function figuresOf(outcomes: readonly Outcome[], name: string): Figures | null {
  const outcome = outcomes.find((each) => each.name === name);
  return outcome !== undefined && 'rounds' in outcome ? outcome.rounds.at(-1)! : null;
}

function named(outcomes: readonly Outcome[], kinds: readonly ContenderKind[], refusals: ReadonlyMap<string, string>): { kind: ContenderKind; outcome: Outcome; refusal: string | null }[] {
  return outcomes.map((outcome) => ({ kind: kinds.find(({ name }) => name === outcome.name)!, outcome, refusal: refusals.get(outcome.name) ?? null }));
}

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

