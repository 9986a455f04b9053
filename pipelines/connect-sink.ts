/**
 * The gradient sink between its streams, whatever they are made of. In: scored paragraphs, and the policy versions that were announced. Out: committed
 * steps. Can go wrong: whatever its two halves throw (operators/training/batch-steps.ts, gradient-steps.ts).
 */
import type { Observable } from 'rxjs';
import { corpusStart } from '../operators/flow/cohort-reader.ts';
import { createHealthWatch } from '../operators/health/health-watch.ts';
import { batchSteps } from '../operators/training/batch-steps.ts';
import { scoreSteps } from '../operators/training/score-steps.ts';
import { gradientSteps, type CommittedStep, type GradientStepsDeps } from '../operators/training/gradient-steps.ts';
import type { EvaluationRow } from '../schemas/records/evaluation-row.ts';
import type { ScoredGroups } from '../schemas/records/edges.ts';
import type { PolicyVersion } from '../schemas/records/policy-version.ts';
import type { RunContext } from './run-context.ts';
import type { InMemoryParts } from './run-in-memory.ts';
import type { Topology } from './topology.ts';

export interface SinkStreams extends Pick<RunContext, 'credits' | 'letters' | 'stopwatch' | 'alive' | 'progress' | 'engineOf'> {
  readonly scored$: Observable<ScoredGroups>;
  readonly versions$: Observable<PolicyVersion>;
  /** Must bring the version round to `versions$`. */
  readonly announce: GradientStepsDeps['announce'];
  /** Whether a step waits until every paragraph granted is scored; `stopping`: whether the run shall end with it. */
  readonly settle: (step: number, stopping: boolean) => boolean;
  readonly baseEvaluations: readonly EvaluationRow[];
}

export function connectSink(topology: Topology, parts: InMemoryParts, streams: SinkStreams): Observable<CommittedStep> {
  const { config, resume, emit, evaluate, signal } = parts;
  const { onAlarm } = config.alarms;
  let alarmed = false;
  const { name, update } = topology.sink;
  const stopping = (): boolean => signal.aborted || alarmed;
  let step = resume.step;
  return streams.scored$.pipe(
    batchSteps({
      credits: streams.credits,
      policyVersions: streams.versions$,
      paragraphsPerStep: config.rollouts.paragraphsPerStep,
      maxStaleness: config.grpo.maxStaleness,
      refillParagraphs: config.grpo.refillParagraphs,
      steps: config.run.steps,
      useful: update.useful,
      resume: { ...resume, corpusPosition: resume.corpusPosition ?? corpusStart },
      stopping,
      settle: (of) => streams.settle(of, stopping()),
    }),
    scoreSteps({ rules: update.rules?.(config) ?? null, recentSteps: config.rewards.recentSteps, recall: parts.spanRecords }),
    gradientSteps({
      ...parts,
      engine: streams.engineOf(name, () => step),
      health: createHealthWatch(config.alarms, parts.health),
      update,
      letters: streams.letters,
      stopwatch: streams.stopwatch,
      baseEvaluations: streams.baseEvaluations,
      stopping,
      evaluate: (after) => evaluate(streams.engineOf('evaluation', () => after), after),
      onProgress: (current, done, total, tokens) => {
        step = current;
        streams.progress({ stage: name, step, done, total, tokens });
      },
      onAlarm: ({ code, message, step: at }) => {
        alarmed ||= onAlarm === 'stop';
        emit({ type: 'warning', code, message, step: at });
      },
      onWarning: (code, message, at) => emit({ type: 'warning', code, message, step: at }),
      announce: streams.announce,
      onCommitted: (report, timing, version) => {
        streams.alive();
        emit({ type: 'step-done', step: report.step, steps: config.run.steps, report, timing });
        if (version.checkpoint !== null) emit({ type: 'checkpoint', step: report.step, directory: version.checkpoint });
      },
    }),
  );
}
