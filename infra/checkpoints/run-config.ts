/**
 * Whether a run may go on under a config. In: the text that the run began with, and the one given now. Out: nothing. Can go wrong:
 * RUN_MISMATCH naming the first key that differs and changes what the run computes.
 *
 * Free to change are the run's name, how often and how many checkpoints are kept, and how the log is packed. Everything else
 * changes the samples or the weights: `run.steps` too, by the learning rate's schedule, and `engine`, by the order of sums.
 */
import { parse } from 'yaml';
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';

const freeKeys: readonly string[] = ['run.name', 'run.checkpointEvery', 'run.keepCheckpoints', 'log'];

export function requireSameConfig(before: string, now: string, file: string): void {
  const old = leaves(parse(before));
  const current = leaves(parse(now));
  for (const key of new Set([...old.keys(), ...current.keys()])) {
    if (old.get(key) === current.get(key) || freeKeys.some((free) => key === free || key.startsWith(`${free}.`))) continue;
    const what = `the run began with ${key}: ${old.get(key) ?? 'nothing'}; now it is ${current.get(key) ?? 'nothing'}`;
    throw new PretrainZeroError('RUN_MISMATCH', what, { file, key });
  }
}

/** Dotted key -> value as JSON. */
function leaves(value: unknown, prefix = ''): Map<string, string> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return new Map([[prefix, JSON.stringify(value)]]);
  const children = Object.entries(value).map(([key, child]) => leaves(child, prefix === '' ? key : `${prefix}.${key}`));
  return new Map(children.flatMap((child) => [...child]));
}
