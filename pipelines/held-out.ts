/**
 * The held-out set. In: the config's evaluation section. Out: its items; and for given weights, a row per sample. Can go wrong:
 * INPUT_MALFORMED with file and line; CORPUS_NOT_FOUND where a file is missing.
 */
import { readFile } from 'node:fs/promises';
import { cloze } from '../operators/evaluation/cloze.ts';
import type { EvaluationDeps } from '../operators/evaluation/evaluation-deps.ts';
import { parseClozeItems, parseProbeItems, type ClozeItem, type ProbeItem } from '../operators/evaluation/held-out-items.ts';
import { maskProbe } from '../operators/evaluation/mask-probe.ts';
import type { Config } from '../schemas/config/config.ts';
import { PretrainZeroError } from '../schemas/pretrain-zero-error.ts';
import type { EvaluationRow } from '../schemas/records/evaluation-row.ts';
import { resolveSample, type SampleFile } from './resolve-sample.ts';

export interface HeldOut {
  readonly cloze: readonly ClozeItem[];
  readonly probe: readonly ProbeItem[];
}

export async function loadHeldOut({ cloze: clozePath, probe: probePath }: Config['evaluation']): Promise<HeldOut> {
  return {
    cloze: await readItems(clozePath, 'heldOut', parseClozeItems),
    probe: await readItems(probePath, 'maskProbe', parseProbeItems),
  };
}

/** @param step step after which the weights are scored; 0 for the base model. */
export async function evaluateHeldOut(heldOut: HeldOut, deps: EvaluationDeps, step: number): Promise<EvaluationRow[]> {
  const clozeRows = heldOut.cloze.length === 0 ? [] : await cloze(deps, heldOut.cloze, step);
  const probeRows = heldOut.probe.length === 0 ? [] : await maskProbe(deps, heldOut.probe, step);
  return [...clozeRows, ...probeRows];
}

async function readItems<T>(path: string | null, sample: SampleFile, parse: (jsonl: string, file: string) => T[]): Promise<T[]> {
  if (path === null) return [];
  const file = resolveSample(path, sample);
  return parse(await readHeldOutFile(file), file);
}

async function readHeldOutFile(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new PretrainZeroError('CORPUS_NOT_FOUND', 'the held-out file cannot be read', { file }, cause);
  }
}
