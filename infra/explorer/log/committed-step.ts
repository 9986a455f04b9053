/**
 * The manifest as the explorer needs it. In: text of `manifest.jsonl`, as it grows. Out: the steps that are committed, each with its parts. A line that is not whole
 * yet waits for its rest. Hashes are not computed here (`pretrainzero verify` does); that lines follow each other is checked, so that a run
 * that was taken back to a checkpoint is noticed. Can go wrong: LOG_DAMAGED for a line that is none.
 */
import { PretrainZeroError } from '../../../schemas/pretrain-zero-error.ts';
import type { Part } from './part-bytes.ts';

export interface CommittedStep {
  readonly step: number;
  readonly policyVersion: number;
  /** By table: `samples/groups` and so on. */
  readonly parts: Readonly<Record<string, Part>>;
  /** The tokenizer of the step's checkpoint, where it has one. */
  readonly tokenizer: Part | null;
  readonly hash: string;
}

export interface ManifestGrowth {
  readonly steps: readonly CommittedStep[];
  /** Bytes of the lines read. */
  readonly bytes: number;
  /** Whether the lines do not go on from `last`: then all has to be read again. */
  readonly broken: boolean;
}

/** @param last hash of the line before the text; null at the file's beginning. */
export function readGrowth(text: string, last: string | null): ManifestGrowth {
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  const steps: CommittedStep[] = [];
  let previous = last;
  for (const line of whole.split('\n').slice(0, -1)) {
    const value = parseLine(line);
    if (previous !== null && value.previous !== previous) return { steps: [], bytes: 0, broken: true };
    steps.push(committedStep(value));
    previous = value.hash;
  }
  return { steps, bytes: new TextEncoder().encode(whole).length, broken: false };
}

interface Line {
  readonly step: number;
  readonly policyVersion: number;
  readonly files: readonly Part[];
  readonly checkpoint: { readonly folder: string; readonly files: readonly Part[] } | null;
  readonly previous: string;
  readonly hash: string;
}

function parseLine(text: string): Line {
  try {
    const value = JSON.parse(text) as Line;
    if (Number.isSafeInteger(value.step) && Array.isArray(value.files) && typeof value.hash === 'string') return value;
  } catch {
    // told below
  }
  throw new PretrainZeroError('LOG_DAMAGED', `a line is none of a manifest: ${text.slice(0, 80)}`, { file: 'manifest.jsonl' });
}

function committedStep({ step, policyVersion, files, checkpoint, hash }: Line): CommittedStep {
  const parts = files.map(({ path, bytes }) => [path.slice(0, path.lastIndexOf('/')), { path, bytes }] as const);
  const tokenizer = checkpoint?.files.find(({ path }) => path === 'tokenizer.json');
  return {
    step,
    policyVersion,
    parts: Object.fromEntries(parts),
    tokenizer: checkpoint === null || tokenizer === undefined ? null : { path: `${checkpoint.folder}/${tokenizer.path}`, bytes: tokenizer.bytes },
    hash,
  };
}
