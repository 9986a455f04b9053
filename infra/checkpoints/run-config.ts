/**
 * Whether a run may go on under a config. In: the text that the run began with, and the one given now. Out: nothing. Can go wrong:
 * RUN_MISMATCH naming the first key that differs and changes what the run computes. A key that the run's text does not have came with a later version of this program, and has the value of
 * `base.yaml` there, with which everything is as it was before, but that a failure sign which came later may be told, and stop the run where alarms do.
 *
 * Free to change are the run's name, what `evaluate` asks, how often and how many checkpoints are kept, from where on a failure sign is an alarm and what that does, how the log is packed, and how Kafka is reached. Everything else
 * changes the samples or the weights: `run.steps` too, by the learning rate's schedule, and `engine`, by the order of sums.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { configSchema, type Config } from '../../schemas/config/config.ts';
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';
import { baseConfigName, bundledConfigFile } from '../config/config-paths.ts';
import type { ConfigTree } from '../config/config-source.ts';
import { isTree, mergeTrees } from '../config/merge-trees.ts';

const freeKeys: readonly string[] = [
  ...['engine.tinker.url', 'engine.tinker.apiKey', 'engine.rollouts.url', 'engine.rollouts.apiKey', 'engine.rollouts.folder'],
  ...['run.name', 'run.checkpointEvery', 'run.keepCheckpoints', 'alarms.onAlarm', 'alarms.instability', 'alarms.harm', 'alarms.imbalance', 'alarms.barren', 'log', 'benchmark'],
  ...['kafka.brokers', 'kafka.topicPrefix', 'kafka.replicationFactor', 'kafka.retentionHours', 'kafka.maxMessageBytes', 'kafka.compressionLevel'],
  ...['kafka.sessionTimeoutMs', 'kafka.weights', 'kafka.tls', 'kafka.sasl'],
];

export function requireSameConfig(before: string, now: string, file: string): void {
  const old = leaves(withLaterKeys(before));
  const current = leaves(parse(now));
  for (const key of new Set([...old.keys(), ...current.keys()])) {
    if (key.startsWith('verifier.') && current.get('pipeline') !== '"post-training"') continue; // nothing is verified
    if (old.get(key) === current.get(key) || freeKeys.some((free) => key === free || key.startsWith(`${free}.`))) continue;
    const what = `the run began with ${key}: ${old.get(key) ?? 'nothing'}; now it is ${current.get(key) ?? 'nothing'}`;
    throw new PretrainZeroError('RUN_MISMATCH', what, { file, key });
  }
}

/** The config that a run began with, which an earlier version of this program may have written. @throws RUN_MISMATCH where it is none */
export function parseRunConfig(text: string, file: string): Config {
  const { data, error } = configSchema.safeParse(withLaterKeys(text));
  if (data !== undefined) return data;
  const [issue] = error.issues;
  throw new PretrainZeroError('RUN_MISMATCH', `not a config of this program: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`, { file });
}

/** @param text of a run's config */
function withLaterKeys(text: string): ConfigTree {
  const defaults = parse(readFileSync(bundledConfigFile(baseConfigName), 'utf8')) as ConfigTree;
  return mergeTrees(defaults, (parse(text) ?? {}) as ConfigTree);
}

/** What may differ from one machine to the next beside the free keys: where things lie, and what computes. */
const ownKeys: readonly string[] = ['model.path', 'corpus.path', 'corpus.exclude', 'evaluation', 'engine.backend', 'engine.threads', 'engine.maxRowsPerBatch'];

/** Equal for configs whose workers may work on one run: SHA-256 over the keys that all must share. */
export function configFingerprint(configText: string): string {
  const shared = [...leaves(parse(configText))].filter(([key]) => ![...freeKeys, ...ownKeys].some((free) => key === free || key.startsWith(`${free}.`)));
  return createHash('sha256').update(JSON.stringify(shared.sort())).digest('hex');
}

/** Dotted key -> value as JSON. */
function leaves(value: unknown, prefix = ''): Map<string, string> {
  if (!isTree(value)) return new Map([[prefix, JSON.stringify(value)]]);
  const children = Object.entries(value).map(([key, child]) => leaves(child, prefix === '' ? key : `${prefix}.${key}`));
  return new Map(children.flatMap((child) => [...child]));
}
