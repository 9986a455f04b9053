/**
 * Opens the real parts of a run, but for those that are given. In: config, folder, given parts. Out: all parts. Can go wrong: whatever a part
 * cannot open. The order is from cheap to dear: nothing is loaded into an engine before folder, prompts and held-out files are known to be good.
 * Readers of corpora and engines are big; they are imported only where they are used.
 */
import { requireRoom } from '../infra/checkpoints/checkpoint-room.ts';
import { systemClock } from '../infra/clock/system-clock.ts';
import { nodeFileSystem } from '../infra/file-system/node-file-system.ts';
import { loadTokenizer } from '../infra/tokenizer/load-tokenizer.ts';
import type { Clock } from '../operators/ports/clock.ts';
import type { RunStore } from '../operators/ports/run-store.ts';
import type { Config } from '../schemas/config/config.ts';
import type { ErrorCode } from '../schemas/error-codes.ts';
import { loadHeldOut } from './held-out.ts';
import { loadPromptTemplate } from './load-prompt-template.ts';
import { openRunFolder } from './open-run-folder.ts';
import { readEvaluations } from './read-evaluations.ts';
import { readPastStep } from './read-past-step.ts';
import { readSpanRecords } from './read-span-records.ts';
import { resolveModel } from './resolve-model.ts';
import type { RunParts } from './run-parts.ts';

export interface OpenPartsOptions {
  readonly directory: string;
  readonly resume: boolean;
  readonly given: Partial<RunParts>;
  /** Filled with the parts opened here, which `closeParts` must close, also where a later part fails to open. */
  readonly opened: { -readonly [K in keyof RunParts]?: RunParts[K] };
  readonly onWarning: (code: ErrorCode, message: string) => void;
}

export async function openParts(config: Config, options: OpenPartsOptions): Promise<RunParts> {
  const { given, opened } = options;
  const modelDirectory = await resolveModel(config.model.path);
  const clock = given.clock ?? systemClock;
  const tokenizer = given.tokenizer ?? (await loadTokenizer(modelDirectory));
  const template = given.template ?? (await loadPromptTemplate(config.rollouts.promptTemplate, tokenizer));
  const heldOut = given.heldOut ?? (await loadHeldOut(config.evaluation));
  const source = given.source ?? (await (await import('./open-source.ts')).openSource(config, tokenizer));
  const store = given.store ?? (opened.store = await openStore(config, clock, options));
  const engine = given.engine ?? (opened.engine = await (await import('./open-engine.ts')).openEngine(config, modelDirectory));
  if (given.store === undefined) await requireRoom(nodeFileSystem, store.directory, config.run, config.engine.tinker === null ? engine.info.trainedParameters : 0);
  const evaluations = given.evaluations ?? ((step: number) => readEvaluations(store.directory, step));
  const spanRecords = given.spanRecords ?? ((step: number) => readSpanRecords(store.directory, step));
  const pastStep = given.pastStep ?? ((step: number) => readPastStep(store.directory, step));
  return { clock, tokenizer, template, heldOut, store, source, engine, evaluations, spanRecords, pastStep };
}

export async function closeParts({ engine, store }: Partial<RunParts>): Promise<void> {
  try {
    await engine?.close();
  } finally {
    await store?.close();
  }
}

async function openStore(config: Config, clock: Clock, { directory, resume, onWarning }: OpenPartsOptions): Promise<RunStore> {
  const { store, recovery } = await openRunFolder(config, { directory, resume, clock });
  for (const { folder, problem } of recovery.damaged) {
    onWarning('LOG_DAMAGED', `the checkpoint ${folder} is damaged (${problem}); the run goes on from step ${recovery.resumePoint.step}`);
  }
  return store;
}
