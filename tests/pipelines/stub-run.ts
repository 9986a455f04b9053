/** Runs a pipeline on stubs, for the tests of this folder. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launch, type LaunchOptions, type Run } from '../../pipelines/launch.ts';
import { loadPromptTemplate } from '../../pipelines/load-prompt-template.ts';
import type { RunEvent, RunOutcome } from '../../pipelines/run-events.ts';
import type { RunParts } from '../../pipelines/run-parts.ts';
import { spanRecords } from '../../operators/rewards/span-record.ts';
import type { Config } from '../../schemas/config/config.ts';
import { createStubEngine, type StubEngine } from '../stub-engine.ts';
import { createStubParagraphSource } from '../stub-paragraph-source.ts';
import { createStubRunStore, type StubRunStore } from '../stub-run-store.ts';
import { createStubTokenizer } from '../stub-tokenizer.ts';

export interface StubRunOptions extends Pick<LaunchOptions, 'topology' | 'signal' | 'runner' | 'resume'> {
  readonly engine?: StubEngine;
  readonly store?: StubRunStore;
  readonly parts?: Partial<RunParts>;
}

export interface StubRun {
  readonly outcome: RunOutcome;
  readonly events: readonly RunEvent[];
  readonly store: StubRunStore;
  readonly engine: StubEngine;
}

export const newDirectory = (): string => mkdtempSync(join(tmpdir(), 'pretrainzero-test-'));

/** A run that was started. */
export interface StartedStubRun extends Omit<StubRun, 'outcome'> {
  readonly run: Run;
}

/** What a run on stubs is made of. */
export async function stubRunParts(config: Config, options: StubRunOptions): Promise<{ engine: StubEngine; store: StubRunStore; parts: Partial<RunParts> }> {
  const tokenizer = createStubTokenizer();
  const engine = options.engine ?? createStubEngine();
  const store = options.store ?? createStubRunStore(newDirectory());
  const parts: Partial<RunParts> = {
    tokenizer,
    template: await loadPromptTemplate(config.rollouts.promptTemplate, tokenizer),
    engine,
    store,
    source: createStubParagraphSource(),
    heldOut: { cloze: [], probe: [] },
    evaluations: (step) => {
      const rows = store.commits.flatMap((commit) => commit.evaluations).filter((row) => (step === 0 ? row.step === 0 : row.step > 0 && row.step <= step));
      return Promise.resolve(rows.filter((row) => row.step === rows.at(-1)?.step));
    },
    spanRecords: (step) => Promise.resolve(store.commits[step - 1]!.paragraphs.flatMap(spanRecords)),
    pastStep: (step) => {
      const { report, paragraphs } = store.commits[step - 1]!;
      return Promise.resolve({ ...report, passages: paragraphs.flatMap(({ passages }) => passages) });
    },
    ...options.parts,
  };
  return { engine, store, parts };
}

export async function startStubRun(config: Config, options: StubRunOptions = {}): Promise<StartedStubRun> {
  const { engine, store, parts } = await stubRunParts(config, options);
  const { topology, signal, runner, resume } = options;
  const run = launch(config, {
    directory: store.directory,
    parts,
    ...(topology && { topology }),
    ...(signal && { signal }),
    ...(runner && { runner }),
    ...(resume && { resume }),
  });
  const events: RunEvent[] = [];
  run.events.subscribe((event) => events.push(event));
  return { run, store, engine, events };
}

export async function stubRun(config: Config, options: StubRunOptions = {}): Promise<StubRun> {
  const { run, store, engine, events } = await startStubRun(config, options);
  return { outcome: await run.done, events, store, engine };
}
