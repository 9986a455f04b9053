/**
 * The runner for one process. In: a topology and the parts that it runs on. Out: how the run ended. Every edge is a memory
 * topic, every stage is subscribed to its topic, and the sink's policy versions come back as credits. Can go wrong: whatever a
 * stage throws ends the run at once; CORPUS_EXHAUSTED where not one step could be filled.
 *
 * The end comes from the sink: it closes the credits, so the first stage completes, and completion runs along the edges.
 */
import { finalize, ignoreElements, lastValueFrom, merge, tap, type Observable, type SchedulerLike } from 'rxjs';
import { admitParagraphs } from '../operators/flow/admit-paragraphs.ts';
import { corpusStart, openCohortReader, type CohortReader } from '../operators/flow/cohort-reader.ts';
import type { Credits } from '../operators/flow/credits.ts';
import type { Clock } from '../operators/ports/clock.ts';
import type { Engine } from '../operators/ports/engine.ts';
import type { ParagraphSource } from '../operators/ports/paragraph-source.ts';
import type { ResumePoint, RunStore } from '../operators/ports/run-store.ts';
import type { Tokenizer } from '../operators/ports/tokenizer.ts';
import type { TopicState } from '../operators/ports/topic.ts';
import type { PromptTemplate } from '../operators/rollouts/prompt-template.ts';
import { batchSteps } from '../operators/training/batch-steps.ts';
import { gradientSteps, type CommittedStep } from '../operators/training/gradient-steps.ts';
import type { Config } from '../schemas/config/config.ts';
import { PretrainZeroError } from '../schemas/pretrain-zero-error.ts';
import type { EvaluationRow } from '../schemas/records/evaluation-row.ts';
import { connectStage } from './connect-stage.ts';
import { policyVersions } from './edges.ts';
import { createRunContext, type RunContext } from './run-context.ts';
import type { EmitEvent, OutcomeKind } from './run-events.ts';
import type { Stage, Topology } from './topology.ts';

/** What a run stands on. */
export interface InMemoryParts {
  readonly config: Config;
  readonly engine: Engine; // with the weights of `resume`
  readonly tokenizer: Tokenizer;
  readonly template: PromptTemplate;
  readonly source: ParagraphSource;
  readonly store: RunStore;
  readonly clock: Clock;
  readonly resume: ResumePoint;
  readonly emit: EmitEvent;
  /** Scores the held-out set after a step (0: before the first). */
  readonly evaluate: (engine: Engine, step: number) => Promise<readonly EvaluationRow[]>;
  /** Once aborted, the run ends after the step in progress. */
  readonly signal: AbortSignal;
  /** Time without a sign of life after which the watchdog speaks, milliseconds. @default 120000 */
  readonly stallAfterMs?: number;
  /** The watchdog's time. @default RxJS's asyncScheduler */
  readonly scheduler?: SchedulerLike;
  /** Given what there is to measure, before the run begins. */
  readonly onStart?: (instruments: RunInstruments) => void;
}

export interface RunInstruments {
  readonly credits: Credits;
  /** The state of every edge, as it is when asked. */
  readonly edges: () => readonly TopicState[];
}

export interface RunEnd {
  readonly kind: OutcomeKind;
  /** The last committed step. */
  readonly step: number;
}

export async function runInMemory(topology: Topology, parts: InMemoryParts): Promise<RunEnd> {
  const { config, resume, signal } = parts;
  if (resume.step >= config.run.steps) return { kind: 'completed', step: resume.step };
  if (signal.aborted) return { kind: 'interrupted', step: resume.step };
  const context = createRunContext(topology, parts);
  parts.onStart?.({ credits: context.credits, edges: () => context.topics.states() });
  const baseEvaluations = resume.step === 0 ? await parts.evaluate(context.engineOf('evaluation', () => 0), 0) : [];
  context.stopwatch.lap(0);
  const reader = await openCohortReader(parts.source, config.rollouts.paragraphsPerStep, resume.corpusPosition);
  let end = { step: resume.step, last: false };
  const sink$ = sink(topology, parts, context, baseEvaluations).pipe(
    tap(({ version, batch }) => (end = { step: version.step, last: batch.last })),
    finalize(() => context.stopWatching()),
  );
  const stages$ = topology.stages.map((stage) => connect(stage, parts, context));
  try {
    const all$ = merge(admission(topology, reader, context), ...stages$, sink$, context.watch$);
    await lastValueFrom(all$, { defaultValue: null });
  } finally {
    await reader.close();
  }
  return { kind: endOf(end, parts), step: end.step };
}

/** Whether all steps were done, or why not. */
function endOf({ step, last }: { readonly step: number; readonly last: boolean }, { config, signal }: InMemoryParts): OutcomeKind {
  if (step === config.run.steps) return 'completed';
  if (signal.aborted && !last) return 'interrupted';
  if (step > 0) return 'corpus-exhausted';
  throw new PretrainZeroError('CORPUS_EXHAUSTED', `the corpus holds fewer than the ${config.rollouts.paragraphsPerStep} paragraphs of one step`);
}

/** Credits in, paragraphs out. */
function admission(topology: Topology, reader: CohortReader, { topics, credits, letters }: RunContext): Observable<never> {
  const paragraphs = topics.of(topology.source.produces);
  return credits.grants.pipe(
    admitParagraphs({ reader, deadLetters: letters.put, answer: (admission) => credits.answer(admission) }),
    tap({ next: (paragraph) => paragraphs.publish(paragraph), complete: () => paragraphs.end() }),
    ignoreElements(),
  );
}

/** A stage between its topics. */
function connect(stage: Stage, { config, tokenizer, template, resume }: InMemoryParts, context: RunContext): Observable<never> {
  let step = resume.step + 1;
  const engine = context.engineOf(stage.name, () => step);
  const deps = { engine, tokenizer, template, config, deadLetters: context.letters.put };
  return connectStage(stage, context.topics, deps, (paragraph) => {
    step = paragraph.step;
    context.alive();
  });
}

/** Scored groups in, committed steps out; their policy versions go round as credits. */
function sink(topology: Topology, parts: InMemoryParts, context: RunContext, baseEvaluations: readonly EvaluationRow[]): Observable<CommittedStep> {
  const { config, resume, emit, evaluate, signal } = parts;
  const { topics, credits, letters, stopwatch } = context;
  const { name, consumes, update } = topology.sink;
  const scored = topics.of(consumes);
  const versions = topics.of(policyVersions);
  const restored = new Set(resume.pending.map((message) => message.paragraph.id));
  const stopping = (): boolean => signal.aborted;
  let step = resume.step;
  return scored.messages().pipe(
    batchSteps({
      credits,
      policyVersions: versions.messages().pipe(tap(() => versions.acknowledge())),
      paragraphsPerStep: config.rollouts.paragraphsPerStep,
      maxStaleness: config.grpo.maxStaleness,
      refillParagraphs: config.grpo.refillParagraphs,
      steps: config.run.steps,
      useful: update.useful,
      resume: { ...resume, corpusPosition: resume.corpusPosition ?? corpusStart },
      stopping,
    }),
    gradientSteps({
      ...parts,
      engine: context.engineOf(name, () => step),
      update,
      letters,
      stopwatch,
      baseEvaluations,
      stopping,
      evaluate: (after) => evaluate(context.engineOf('evaluation', () => after), after),
      onProgress: (current, done, total, tokens) => {
        step = current;
        context.progress({ stage: name, step, done, total, tokens });
      },
      onWarning: (code, message, at) => emit({ type: 'warning', code, message, step: at }),
      announce: ({ batch, version }) => {
        for (const { paragraph } of batch.paragraphs) if (!restored.has(paragraph.id)) scored.acknowledge();
        versions.publish(version);
      },
      onCommitted: (report, timing, version) => {
        context.alive();
        emit({ type: 'step-done', step: report.step, steps: config.run.steps, report, timing });
        if (version.checkpoint !== null) emit({ type: 'checkpoint', step: report.step, directory: version.checkpoint });
      },
    }),
  );
}
