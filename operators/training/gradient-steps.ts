/**
 * Second half of the gradient sink: one optimiser step a batch. In: step batches, in order. Out: each with
 * its policy version, once all of the step is durable. For each batch: update, ledger, report, evaluation where due, failure signs, commit.
 *
 * A commit without a checkpoint goes on while the next step is sampled, and is over before the next update begins. One with a checkpoint is over
 * before the version is announced: it is of these weights.
 *
 * What holds when a step comes out: the step's samples, report, dead letters, evaluations and (where due) checkpoint
 * are on disk; its ledger added up. Nothing of a step that did not get there survives a crash, so a resumed run does it again, alike.
 *
 * Can go wrong: LEDGER_UNBALANCED; GRADIENT_NOT_FINITE after the third refused update in a row (each is committed, with its samples
 * accounted as dead letters); what engine and store throw.
 */
import { concatMap, pipe, type OperatorFunction } from 'rxjs';
import type { ErrorCode } from '../../schemas/error-codes.ts';
import type { DeadLetter } from '../../schemas/records/dead-letter.ts';
import type { EvaluationRow } from '../../schemas/records/evaluation-row.ts';
import type { PolicyVersion } from '../../schemas/records/policy-version.ts';
import type { StepReport } from '../../schemas/records/step-report.ts';
import type { StepTiming } from '../../schemas/records/step-timing.ts';
import { closeLedger, requireBalanced } from '../flow/ledger.ts';
import type { LetterBox } from '../flow/letter-box.ts';
import type { Stopwatch } from '../flow/stopwatch.ts';
import type { HealthWatch } from '../health/health-watch.ts';
import type { Alarm } from '../health/sign.ts';
import type { RunStore } from '../ports/run-store.ts';
import type { StepBatch } from './batch-steps.ts';
import { checkpointFolder } from './checkpoint-folder.ts';
import { reportStep, type UnsignedReport } from './report-step.ts';
import { trainStep, type TrainedStep, type TrainStepDeps } from './train-step.ts';

/** Mean |log p at training - log p at sampling|, nats, above which on-policy weights cannot have sampled the step. */
export const onPolicyDriftBound = 1e-2;
/** Refused updates in a row that end the run. */
export const refusalsUntilStop = 3;

export interface GradientStepsDeps extends TrainStepDeps {
  readonly store: RunStore;
  readonly letters: LetterBox;
  readonly stopwatch: Stopwatch;
  readonly health: HealthWatch;
  /** Scores the held-out set under the current weights, for a step at which that is due. */
  readonly evaluate: (step: number) => Promise<readonly EvaluationRow[]>;
  /** Rows of the base model, committed with the first step. */
  readonly baseEvaluations: readonly EvaluationRow[];
  /** Whether the run shall end after this step, if all is settled that was granted; the step then has a checkpoint. Asked once the step's alarms are told. */
  readonly stopping: () => boolean;
  /** The weights are those of the version: what waits for it may go on. */
  readonly announce: (updated: CommittedStep) => void;
  readonly onCommitted: (report: StepReport, timing: StepTiming, version: PolicyVersion) => void;
  /** An alarm that begins with the step. */
  readonly onAlarm: (alarm: Alarm) => void;
  readonly onWarning: (code: ErrorCode, message: string, step: number) => void;
}

export interface CommittedStep {
  readonly batch: StepBatch;
  readonly version: PolicyVersion;
  /** Those that begin with the step. */
  readonly alarms: readonly Alarm[];
}

/** A step whose commit is under way. */
interface UpdatedStep extends CommittedStep {
  readonly report: StepReport;
  readonly timing: StepTiming;
  readonly durable: Promise<void>;
}

export function gradientSteps(deps: GradientStepsDeps): OperatorFunction<StepBatch, CommittedStep> {
  return pipe(updateSteps(deps), concatMap((updated) => awaitCommit(updated, deps)));
}

function updateSteps(deps: GradientStepsDeps): OperatorFunction<StepBatch, UpdatedStep> {
  let refusalsInARow = 0;
  let baseEvaluations = deps.baseEvaluations;
  let durable = Promise.resolve();
  return concatMap(async (batch: StepBatch) => {
    const { engine, config, store, stopwatch } = deps;
    const before = durable;
    await stopwatch.measure('log', () => before);
    const versionBefore = engine.version();
    const trained = await trainStep(batch, deps);
    const unsigned = closeStep(batch, trained, versionBefore, deps);
    const ownEvaluations = isEvaluationDue(batch, deps) ? await deps.evaluate(batch.step) : [];
    const passages = batch.paragraphs.flatMap((paragraph) => paragraph.passages);
    const { figures, raised } = deps.health.observe({ ...unsigned, passages }, [baseEvaluations, ownEvaluations]);
    const report = { ...unsigned, ...figures };
    raised.forEach(deps.onAlarm);
    const last = batch.last || (deps.stopping() && batch.settled);
    const checkpoint = last || batch.step % config.run.checkpointEvery === 0;
    const committing = store.commit(
      {
        step: batch.step,
        paragraphs: batch.paragraphs,
        rescored: batch.rescored,
        gradientBatches: trained.gradientBatches,
        evaluations: [...baseEvaluations, ...ownEvaluations],
        deadLetters: deps.letters.take(batch.step),
        report,
        corpusPosition: batch.corpusPosition,
        pending: batch.pending,
        pendingLetters: deps.letters.rest(),
        checkpoint,
      },
      (directory) => engine.save(directory, { optimizer: true }),
    );
    durable = committing;
    committing.catch(() => undefined); // told by `awaitCommit`, which may be busy with the step before when it happens
    baseEvaluations = [];
    refusalsInARow = trained.refusal === null ? 0 : refusalsInARow + 1;
    const refused = trained.refusal !== null && refusalsInARow >= refusalsUntilStop;
    if (checkpoint || refused) await stopwatch.measure('log', () => committing);
    const updated = {
      batch,
      version: { version: engine.version(), step: batch.step, checkpoint: checkpoint ? checkpointFolder(batch.step) : null },
      alarms: raised,
      report,
      timing: stopwatch.lap(batch.step),
      durable,
    };
    if (refused) {
      await awaitCommit(updated, deps);
      throw trained.refusal;
    }
    deps.announce(updated);
    return updated;
  });
}

async function awaitCommit({ batch, version, alarms, report, timing, durable }: UpdatedStep, { store, onCommitted }: GradientStepsDeps): Promise<CommittedStep> {
  await durable;
  await store.recordTiming(timing);
  onCommitted(report, timing, version);
  return { batch, version, alarms };
}

/** At the last step of the run or the corpus, and every `evaluation.every` steps; a stop by request is none of these. */
function isEvaluationDue(batch: StepBatch, { config }: GradientStepsDeps): boolean {
  const { every } = config.evaluation;
  return batch.last || (every > 0 && batch.step % every === 0);
}

/** The step's report, its ledger in order, its losses told. */
function closeStep(batch: StepBatch, trained: TrainedStep, versionBefore: number, deps: GradientStepsDeps): UnsignedReport {
  const lost = new Map<string, ErrorCode>(trained.notFinite.map((id) => [id, 'NOT_A_NUMBER']));
  for (const id of lost.keys()) deps.letters.put(lostRolloutLetter(batch.step, id));
  if (trained.refusal !== null) {
    const { code, message } = trained.refusal;
    deps.letters.put(updateLetter(batch.step, code, message));
    deps.onWarning(code, message, batch.step);
    for (const id of keptRollouts(batch)) if (!lost.has(id)) lost.set(id, code);
  }
  const ledger = closeLedger(batch.paragraphs, lost);
  requireBalanced(batch.step, ledger);
  const report = reportStep(batch, trained, ledger, versionBefore, deps.engine.version());
  const onPolicy = report.oldestPolicyVersion === versionBefore;
  if (onPolicy && report.logprobDriftMean > onPolicyDriftBound && deps.update.name === 'grpo') {
    const drift = report.logprobDriftMean.toPrecision(3);
    deps.onWarning('LOGPROB_DRIFT', `step ${batch.step}: log-probabilities at training differ from those at sampling by ${drift} nats on average`, batch.step);
  }
  return report;
}

function keptRollouts(batch: StepBatch): string[] {
  return batch.paragraphs.flatMap((p) => p.groups.filter((group) => group.kept).flatMap((group) => group.rolloutIds));
}

function lostRolloutLetter(step: number, id: string): DeadLetter {
  const role = id.split('/')[2];
  const letter = updateLetter(step, 'NOT_A_NUMBER', 'the loss of the response is not finite; it contributed nothing');
  return { ...letter, recordId: id, role: role === 'mask' || role === 'predict' ? role : null };
}

function updateLetter(step: number, code: ErrorCode, message: string): DeadLetter {
  const nowhere = { role: null, recordId: null, file: null, pageId: null, byteOffset: null };
  return { stage: 'update', code, message, step, ...nowhere };
}
