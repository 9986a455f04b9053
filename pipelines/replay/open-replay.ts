/**
 * What a replay stands on. In: a run's folder, settings, parts that are given. Out: the log, the run's config and the changed one, tokenizer, prompts, held-out items, stages. Can go
 * wrong: RUN_NOT_FOUND, CONFIG_*, LOG_DAMAGED, USAGE for steps that are not there and for settings that no log can answer, MODEL_INVALID.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { configKeys } from '../../infra/config/config-keys.ts';
import { loadConfig } from '../../infra/config/load-config.ts';
import { nodeFileSystem } from '../../infra/file-system/node-file-system.ts';
import { openStepLog } from '../../infra/sample-log/open-step-log.ts';
import { loadTokenizer } from '../../infra/tokenizer/load-tokenizer.ts';
import type { ParagraphSource } from '../../operators/ports/paragraph-source.ts';
import type { StepLog } from '../../operators/ports/step-log.ts';
import type { Tokenizer } from '../../operators/ports/tokenizer.ts';
import { refusalOf, replayClassOf, type ReplayKind } from '../../operators/replay/config-keys-in-replay.ts';
import type { JudgeDeps } from '../../operators/replay/judge-step.ts';
import type { Config } from '../../schemas/config/config.ts';
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';
import { loadHeldOut, type HeldOut } from '../held-out.ts';
import { loadPromptTemplate } from '../load-prompt-template.ts';
import { namedTopologies } from '../named-topologies.ts';
import { resolveModel } from '../resolve-model.ts';
import type { Topology } from '../topology.ts';
import { composeStages } from './compose-stages.ts';
import type { PublishStep } from './log-to-topic.ts';
import { openTopics } from './open-topics.ts';
import type { ReplayOptions } from './replay-options.ts';
import { stepRange, type StepRange } from './step-range.ts';

export interface OpenedReplay {
  readonly kind: ReplayKind;
  readonly directory: string;
  readonly log: StepLog;
  /** The same, as the run's folder has it. */
  readonly inFolder: StepLog;
  readonly range: StepRange;
  /** The run's. */
  readonly own: Config;
  /** The same with the settings. */
  readonly config: Config;
  /** Keys that are other than the run's. */
  readonly changed: readonly string[];
  readonly topology: Topology;
  readonly judge: JudgeDeps;
  readonly tokenizer: Tokenizer;
  /** Null where the files are not there. */
  readonly heldOut: HeldOut | null;
  /** The corpus, where it is to be read again. */
  readonly source: ParagraphSource | null;
  /** Puts a step's samples where they are asked for; null where they are not. */
  readonly publish: PublishStep | null;
  readonly close: () => Promise<void>;
}

export async function openReplay(directory: string, options: ReplayOptions): Promise<OpenedReplay> {
  const inFolder = options.parts?.log ?? (await openStepLog(nodeFileSystem, directory));
  const file = join(directory, 'config.yaml');
  if (!existsSync(file)) throw new PretrainZeroError('LOG_DAMAGED', 'the run has no config', { file });
  const { config: own } = await loadConfig(file);
  const { config: given } = await loadConfig(file, { set: options.set ?? [] });
  const { name } = own.run;
  const config = options.train !== undefined && given.run.name === name ? { ...given, run: { ...given.run, name: trainedName(name) } } : given;
  const changed = configKeys.filter((key) => JSON.stringify(valueAt(own, key)) !== JSON.stringify(valueAt(config, key)));
  const kind = kindOf(options, changed);
  refuseUnanswerable(kind, changed, own, config);
  if (kind === 'what-if' || kind === 'train') refuseBeyondTheRun(options);
  const ownTopology = options.topology ?? namedTopologies[config.pipeline];
  const { log, publish, close } = await openTopics(inFolder, { ...config, run: own.run }, ownTopology, options);
  try {
    return { kind, directory, log, inFolder, own, config, changed, publish, close, ...(await standOn(log, { directory, own, config, ownTopology }, options)) };
  } catch (error) {
    await close();
    throw error;
  }
}

interface Configured {
  readonly directory: string;
  readonly own: Config;
  readonly config: Config;
  readonly ownTopology: Topology;
}

/** What is the same wherever the samples come from. */
async function standOn(log: StepLog, { directory, own, config, ownTopology }: Configured, options: ReplayOptions): Promise<Pick<OpenedReplay, 'range' | 'topology' | 'tokenizer' | 'heldOut' | 'source' | 'judge'>> {
  const range = stepRange(log.steps.length, options.steps, directory);
  const tokenizer = options.parts?.tokenizer ?? (await openTokenizer(log, config));
  const template = options.parts?.template ?? (await loadPromptTemplate(config.rollouts.promptTemplate, tokenizer, await loggedTemplate(log, range)));
  const topology = options.change?.(ownTopology) ?? ownTopology;
  const heldOut = options.parts?.heldOut ?? (await loadHeldOut(config.evaluation).catch(unlessMissing));
  const source = options.corpus === true ? (options.parts?.source ?? (await (await import('../open-source.ts')).openSource(own, tokenizer))) : null;
  return { range, topology, tokenizer, heldOut, source, judge: { config, tokenizer, template, stages: composeStages(topology) } };
}

/** Name of a run that is trained from another's log, where none is given. */
const trainedName = (name: string): string => `${name}-from-log`;

function kindOf({ train, gradients, change }: ReplayOptions, changed: readonly string[]): ReplayKind {
  if (train !== undefined) return 'train';
  if (gradients === true && change !== undefined) throw new PretrainZeroError('USAGE', 'gradients are those of the run: they go with no other pipeline');
  if (gradients === true) return 'gradients';
  return change !== undefined || changed.some((key) => replayClassOf(key) !== 'place') ? 'what-if' : 'values';
}

function refuseBeyondTheRun({ corpus, to }: ReplayOptions): void {
  if (corpus === true) throw new PretrainZeroError('USAGE', 'the corpus is compared with what the run logged: it goes with no what-if and no training');
  if (to !== undefined) throw new PretrainZeroError('USAGE', '--to puts what the run logged onto a topic: it goes with no what-if and no training');
}

function refuseUnanswerable(kind: ReplayKind, changed: readonly string[], own: Config, config: Config): void {
  for (const key of changed) {
    const refusal = refusalOf(kind, key, Number(valueAt(config, key)) > Number(valueAt(own, key)));
    if (refusal !== null) throw new PretrainZeroError('USAGE', refusal, { key: `--set ${key}` });
  }
}

function valueAt(config: Config, key: string): unknown {
  return key.split('.').reduce<unknown>((value, name) => (typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined), config);
}

/** The base model's, as in a run; where it is not there any more, the copy in the run's newest checkpoint. */
async function openTokenizer(log: StepLog, config: Config): Promise<Tokenizer> {
  try {
    return await loadTokenizer(await resolveModel(config.model.path));
  } catch (error) {
    const own = log.steps.findLast(({ checkpoint }) => checkpoint !== null && existsSync(join(checkpoint.directory, 'tokenizer.json')));
    if (!(error instanceof PretrainZeroError) || own === undefined) throw error;
    return loadTokenizer(own.checkpoint!.directory);
  }
}

/** Name and version of the prompts that the first step was sampled with. */
async function loggedTemplate(log: StepLog, { from }: StepRange): Promise<string | undefined> {
  const { tables } = await log.read(from);
  return [...tables.maskRollouts, ...tables.predictions][0]?.promptTemplate;
}

function unlessMissing(error: unknown): null {
  if (error instanceof PretrainZeroError && error.code === 'CORPUS_NOT_FOUND') return null;
  throw error;
}
