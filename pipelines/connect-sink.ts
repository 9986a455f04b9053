/**
 * The gradient sink between its streams, whatever they are made of. In: scored paragraphs, and the policy versions that were announced. Out: committed
 * steps. Can go wrong: whatever its two halves throw (operators/training/batch-steps.ts, gradient-steps.ts).
 */
import type { Observable } from 'rxjs';
import { corpusStart } from '../operators/flow/cohort-reader.ts';
import { batchSteps, type BatchStepsDeps } from '../operators/training/batch-steps.ts';
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
  readonly settle: BatchStepsDeps['settle'];
  readonly baseEvaluations: readonly EvaluationRow[];
}

export function connectSink(topology: Topology, parts: InMemoryParts, streams: SinkStreams): Observable<CommittedStep> {
  const { config, resume, emit, evaluate, signal } = parts;
  const { name, update } = topology.sink;
  const stopping = (): boolean => signal.aborted;
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
      settle: streams.settle,
    }),
    scoreSteps({ rules: update.rules?.(config) ?? null, recentSteps: config.rewards.recentSteps, recall: parts.spanRecords }),
    gradientSteps({
      ...parts,
      engine: streams.engineOf(name, () => step),
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
