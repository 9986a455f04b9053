/**
 * The runner for one process. In: a topology and the parts that it runs on. Out: how the run ended. Every edge is a memory
 * topic, every stage is subscribed to its topic, and the sink's policy versions come back as credits. Can go wrong: whatever a
 * stage throws ends the run at once; CORPUS_EXHAUSTED where not one step could be filled.
 *
 * The end comes from the sink: it closes the credits, so the first stage completes, and completion runs along the edges.
 */
import { finalize, ignoreElements, lastValueFrom, merge, tap, type Observable, type SchedulerLike } from 'rxjs';
import { admitParagraphs } from '../operators/flow/admit-paragraphs.ts';
import { openCohortReader, type CohortReader } from '../operators/flow/cohort-reader.ts';
import type { Credits } from '../operators/flow/credits.ts';
import type { HealthState } from '../operators/health/health-state.ts';
import type { Alarm } from '../operators/health/sign.ts';
import type { Clock } from '../operators/ports/clock.ts';
import type { Engine } from '../operators/ports/engine.ts';
import type { ParagraphSource } from '../operators/ports/paragraph-source.ts';
import type { ResumePoint, RunStore } from '../operators/ports/run-store.ts';
import type { Tokenizer } from '../operators/ports/tokenizer.ts';
import type { TopicState } from '../operators/ports/topic.ts';
import type { PromptTemplate } from '../operators/rollouts/prompt-template.ts';
import type { CommittedStep } from '../operators/training/gradient-steps.ts';
import type { Config } from '../schemas/config/config.ts';
import type { EvaluationRow } from '../schemas/records/evaluation-row.ts';
import { connectSink } from './connect-sink.ts';
import { connectStage } from './connect-stage.ts';
import { policyVersions } from './edges.ts';
import { createMemoryTopics, type MemoryTopics } from './memory-topics.ts';
import { after, outcomeOf, type LastStep } from './outcome-of.ts';
import { createRunContext, type RunContext } from './run-context.ts';
import type { EmitEvent, OutcomeKind } from './run-events.ts';
import type { RunParts } from './run-parts.ts';
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
  /** What the failure signs remember of the steps up to there. */
  readonly health: HealthState;
  readonly emit: EmitEvent;
  /** Scores the held-out set after a step (0: before the first). */
  readonly evaluate: (engine: Engine, step: number) => Promise<readonly EvaluationRow[]>;
  /** What became of the spans of a committed step. */
  readonly spanRecords: RunParts['spanRecords'];
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
  /** Failure signs that reached their thresholds, as they began. */
  readonly alarms: readonly Alarm[];
}

export async function runInMemory(topology: Topology, parts: InMemoryParts): Promise<RunEnd> {
  const { config, resume, signal } = parts;
  if (resume.step >= config.run.steps) return { kind: 'completed', step: resume.step, alarms: [] };
  if (signal.aborted) return { kind: 'interrupted', step: resume.step, alarms: [] };
  const topics = createMemoryTopics(topology);
  const context = createRunContext(parts, () => topics.states());
  parts.onStart?.({ credits: context.credits, edges: () => topics.states() });
  const baseEvaluations = resume.step === 0 ? await parts.evaluate(context.engineOf('evaluation', () => 0), 0) : [];
  context.stopwatch.lap(0);
  const reader = await openCohortReader(parts.source, config.rollouts.paragraphsPerStep, resume.corpusPosition);
  let end: LastStep = { step: resume.step, last: false, alarms: [] };
  const sink$ = sink(topology, parts, topics, context, baseEvaluations).pipe(
    tap((committed) => (end = after(end, committed))),
    finalize(() => context.stopWatching()),
  );
  const stages$ = topology.stages.map((stage) => connect(stage, parts, topics, context));
  try {
    const all$ = merge(admission(topology, reader, topics, context), ...stages$, sink$, context.watch$);
    await lastValueFrom(all$, { defaultValue: null });
  } finally {
    await reader.close();
  }
  return { kind: outcomeOf(end, parts), step: end.step, alarms: end.alarms };
}

/** Credits in, paragraphs out. */
function admission(topology: Topology, reader: CohortReader, topics: MemoryTopics, { credits, letters }: RunContext): Observable<never> {
  const paragraphs = topics.of(topology.source.produces);
  return credits.grants.pipe(
    admitParagraphs({ reader, deadLetters: letters.put, answer: (admission) => credits.answer(admission) }),
    tap({ next: (paragraph) => paragraphs.publish(paragraph), complete: () => paragraphs.end() }),
    ignoreElements(),
  );
}

/** A stage between its topics. */
function connect(stage: Stage, { config, tokenizer, template, resume }: InMemoryParts, topics: MemoryTopics, context: RunContext): Observable<never> {
  let step = resume.step + 1;
  const engine = context.engineOf(stage.name, () => step);
  const deps = { engine, tokenizer, template, config, deadLetters: context.letters.put };
  return connectStage(stage, topics, deps, (paragraph) => {
    step = paragraph.step;
    context.alive();
  });
}

/** Scored groups in, committed steps out; their policy versions go round as credits. */
function sink(topology: Topology, parts: InMemoryParts, topics: MemoryTopics, context: RunContext, baseEvaluations: readonly EvaluationRow[]): Observable<CommittedStep> {
  const scored = topics.of(topology.sink.consumes);
  const versions = topics.of(policyVersions);
  const restored = new Set(parts.resume.pending.map((message) => message.paragraph.id));
  return connectSink(topology, parts, {
    ...context,
    scored$: scored.messages(),
    versions$: versions.messages().pipe(tap(() => versions.acknowledge())),
    announce: ({ batch, version }) => {
      for (const { paragraph } of batch.paragraphs) if (!restored.has(paragraph.id)) scored.acknowledge();
      versions.publish(version);
    },
    settle: () => true,
    baseEvaluations,
  });
}
