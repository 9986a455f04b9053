/**
 * Opens the real parts of a run, but for those that are given. In: config, folder, given parts. Out: all parts. Can go wrong: whatever a part
 * cannot open. The order is from cheap to dear: nothing is loaded into an engine before folder, prompts and held-out files are known to be good.
 */
import { systemClock } from '../infra/clock/system-clock.ts';
import { loadTokenizer } from '../infra/tokenizer/load-tokenizer.ts';
import type { Config } from '../schemas/config/config.ts';
import { loadHeldOut } from './held-out.ts';
import { loadPromptTemplate } from './load-prompt-template.ts';
import { resolveSample } from './resolve-sample.ts';
import type { RunParts } from './run-parts.ts';

export interface OpenPartsOptions {
  readonly directory: string;
  readonly resume: boolean;
  readonly given: Partial<RunParts>;
  /** Filled with the parts opened here, which `closeParts` must close, also where a later part fails to open. */
  readonly opened: { -readonly [K in keyof RunParts]?: RunParts[K] };
}

export async function openParts(config: Config, { directory, resume, given, opened }: OpenPartsOptions): Promise<RunParts> {
  const modelDirectory = resolveSample(config.model.path, 'model');
  const clock = given.clock ?? systemClock;
  const tokenizer = given.tokenizer ?? (await loadTokenizer(modelDirectory));
  const template = given.template ?? (await loadPromptTemplate(config.rollouts.promptTemplate, tokenizer));
  const heldOut = given.heldOut ?? (await loadHeldOut(config.evaluation));
  const { openStore, openSource, openEngine, readBaseEvaluations } = await import('./open-real-parts.ts');
  const store = given.store ?? (opened.store = await openStore(config, directory, resume, clock));
  const source = given.source ?? (await openSource(config, tokenizer));
  const engine = given.engine ?? (opened.engine = await openEngine(config, modelDirectory));
  const baseEvaluations = given.baseEvaluations ?? (() => readBaseEvaluations(store.directory));
  return { clock, tokenizer, template, heldOut, store, source, engine, baseEvaluations };
}

export async function closeParts({ engine, store }: Partial<RunParts>): Promise<void> {
  try {
    await engine?.close();
  } finally {
    await store?.close();
  }
}
