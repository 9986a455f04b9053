/**
 * First half of the gradient sink: scored groups to whole steps. In: scored groups in any order, each any number of
 * times. Out: the batch of each step, in order of steps and, within a step, of slots. Can go wrong: RECORD_INVALID where a
 * message belongs to no open step, or where the stages end with paragraphs missing.
 *
 * This operator holds the run's reins. It grants credits and decides when a step is updated:
 * - Step k's cohort is granted once step k - 1 - maxStaleness is committed.
 * - A paragraph none of whose groups is kept gives its credit back at once, and the step may admit another in its place
 *   (refill), `refillParagraphs` of them at most, as one cohort per cohort that lacked some.
 * - A batch goes out only when no update is running and all of it is settled: every grant is answered, every paragraph granted is scored. So
 *   generating and updating never overlap, step k is sampled by version max(0, k - 1 - maxStaleness), and nothing depends on timing.
 * - Where others sample, by that exact version, a step need not wait for later ones unless it has a checkpoint (`settle`): a resume goes on from settled steps alone.
 */
import { merge, Observable, type OperatorFunction } from 'rxjs';
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';
import type { ScoredGroups } from '../../schemas/records/edges.ts';
import type { PolicyVersion } from '../../schemas/records/policy-version.ts';
import type { Admission, Credits } from '../flow/credits.ts';
import type { CorpusPosition } from '../ports/paragraph-source.ts';
import { StepWindow } from './step-window.ts';

/** All that one optimiser step is made of. */
export interface StepBatch {
  readonly step: number;
  /** In slot order, refills last. */
  readonly paragraphs: readonly ScoredGroups[];
  /** Scored for later steps already (maxStaleness > 0), in order of step and slot. */
  readonly pending: readonly ScoredGroups[];
  /** Whether every paragraph granted is in the batch or pending. */
  readonly settled: boolean;
  /** Whether the groups are no longer those that came: the sink has scored them as a step. */
  readonly rescored: boolean;
  readonly corpusPosition: CorpusPosition;
  /** No step follows: the last of the run, or of the corpus. */
  readonly last: boolean;
}

export interface BatchStepsDeps {
  readonly credits: Credits;
  /** Commits announced: the answer to each batch. */
  readonly policyVersions: Observable<PolicyVersion>;
  readonly paragraphsPerStep: number;
  readonly maxStaleness: number;
  readonly refillParagraphs: number;
  /** Steps of the whole run. */
  readonly steps: number;
  /** Whether a paragraph gives the update anything. */
  readonly useful: (scored: ScoredGroups) => boolean;
  /** The last committed step (0: none), what it left pending, and where the corpus stood. */
  readonly resume: { readonly step: number; readonly pending: readonly ScoredGroups[]; readonly corpusPosition: CorpusPosition };
  /** Whether the run shall end after a step that has a checkpoint. */
  readonly stopping: () => boolean;
  /** Whether a step waits until every paragraph granted is scored, also those of later steps. */
  readonly settle: (step: number) => boolean;
}

export function batchSteps(deps: BatchStepsDeps): OperatorFunction<ScoredGroups, StepBatch> {
  return (source) =>
    new Observable<StepBatch>((subscriber) => {
      const steps = new OpenSteps(deps, (batch) => subscriber.next(batch));
      const scored$ = new Observable<() => void>((events) =>
        source.subscribe({
          next: (message) => events.next(() => steps.scored(message)),
          error: (error) => events.error(error),
          complete: () => {
            events.next(() => steps.ended());
            subscriber.complete();
          },
        }),
      );
      const events$ = merge(
        scored$,
        new Observable<() => void>((events) => deps.credits.answers.subscribe((answer) => events.next(() => steps.admitted(answer)))),
        new Observable<() => void>((events) => deps.policyVersions.subscribe((version) => events.next(() => steps.committed(version)))),
      );
      const subscription = events$.subscribe({
        next: (handle) => {
          try {
            handle();
          } catch (error) {
            subscriber.error(error);
          }
        },
        error: (error) => subscriber.error(error),
      });
      steps.start();
      return subscription;
    });
}

/** The steps between their grant and their commit. */
class OpenSteps {
  readonly #deps: BatchStepsDeps;
  readonly #emit: (batch: StepBatch) => void;
  readonly #windows = new Map<number, StepWindow>();
  #committed: number;
  #granted: number;
  #position: CorpusPosition;
  #exhausted = false;
  #updating = false;
  #closed = false;

  constructor(deps: BatchStepsDeps, emit: (batch: StepBatch) => void) {
    this.#deps = deps;
    this.#emit = emit;
    this.#committed = deps.resume.step;
    this.#granted = deps.resume.step;
    this.#position = deps.resume.corpusPosition;
  }

  start(): void {
    const { pending } = this.#deps.resume;
    for (const message of pending) {
      const { step, slot } = message.paragraph;
      this.#granted = Math.max(this.#granted, step);
      this.#window(step).restore(slot, message);
    }
    this.#deps.credits.take(pending.filter(this.#deps.useful).length);
    this.#grantSteps();
    this.#advance();
  }

  admitted(answer: Admission): void {
    const { grant, admitted } = answer;
    this.#deps.credits.giveBack(grant.count - admitted);
    this.#position = answer.position;
    this.#exhausted ||= answer.exhausted;
    const window = this.#window(grant.step);
    window.admitted(admitted);
    if (window.size === 0) this.#windows.delete(grant.step);
    this.#advance();
  }

  scored(message: ScoredGroups): void {
    const { step, slot, id } = message.paragraph;
    if (step <= this.#committed) return;
    const window = this.#windows.get(step);
    if (window === undefined || slot >= window.size) {
      throw new PretrainZeroError('RECORD_INVALID', `a scored paragraph was never admitted to step ${step}`, { id });
    }
    window.scored(slot, message);
    this.#advance();
  }

  committed(version: PolicyVersion): void {
    if (version.step <= this.#committed) return;
    this.#committed = version.step;
    this.#updating = false;
    const window = this.#windows.get(version.step);
    this.#windows.delete(version.step);
    this.#deps.credits.giveBack(window?.paragraphs().filter(this.#deps.useful).length ?? 0);
    if (this.#deps.stopping() && version.checkpoint !== null) this.#close();
    else this.#grantSteps();
    this.#advance();
  }

  ended(): void {
    if (this.#closed) return;
    const lacking = [...this.#windows.values()].find((window) => !window.complete);
    const where = lacking === undefined ? `after step ${this.#committed}` : `while step ${lacking.step} lacked paragraphs`;
    throw new PretrainZeroError('RECORD_INVALID', `the stages ended before the run did, ${where}`, lacking === undefined ? {} : { id: lacking.firstMissing() });
  }

  #grantSteps(): void {
    const { steps, maxStaleness, paragraphsPerStep, credits } = this.#deps;
    const until = Math.min(steps, this.#committed + 1 + maxStaleness);
    while (this.#granted < until && !this.#exhausted) {
      this.#granted += 1;
      const grant = { step: this.#granted, firstSlot: 0, count: paragraphsPerStep };
      this.#window(grant.step).granted();
      credits.grant(grant);
    }
  }

  /** Judges complete cohorts, then, if nothing is under way, sends the next step or ends the run. */
  #advance(): void {
    if (this.#closed) return;
    for (const window of this.#windows.values()) this.#judge(window);
    const windows = [...this.#windows.values()];
    if (this.#updating || windows.some((window) => !window.answered)) return;
    const next = this.#windows.get(this.#committed + 1);
    if (next === undefined) {
      this.#close();
      return;
    }
    const settled = windows.every((window) => window.complete);
    if (!settled && (!next.complete || this.#deps.settle(next.step))) return;
    this.#updating = true;
    const later = [...this.#windows.values()].filter((window) => window !== next).sort((a, b) => a.step - b.step);
    const { step } = next;
    const last = step === this.#deps.steps || (this.#exhausted && later.length === 0);
    this.#emit({ step, paragraphs: next.paragraphs(), pending: later.flatMap((w) => w.paragraphs()), settled, rescored: false, corpusPosition: this.#position, last });
  }

  #judge(window: StepWindow): void {
    const cohort = window.judge();
    const barren = cohort.filter((message) => !this.#deps.useful(message)).length;
    this.#deps.credits.giveBack(barren);
    const count = Math.min(barren, this.#deps.refillParagraphs - window.refills);
    if (count <= 0) return;
    const firstSlot = window.size;
    window.granted(count);
    this.#deps.credits.grant({ step: window.step, firstSlot, count });
  }

  #window(step: number): StepWindow {
    const window = this.#windows.get(step) ?? new StepWindow(step);
    this.#windows.set(step, window);
    return window;
  }

  #close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#deps.credits.close();
  }
}
