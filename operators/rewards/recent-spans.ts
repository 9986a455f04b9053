/**
 * The spans that were masked in the last steps, for rewards that ask after them. In: the records of each step, in order of steps. Out: answers about a text. Nothing can go wrong.
 *
 * What it holds is a function of the samples of the step in work and of the `steps` before it, so it is made again from the log of these steps, whoever held it before.
 */
import type { SpanRecord } from './span-record.ts';

export interface SpanHistory {
  /** How often the text was masked in the step in work and the steps before it: at least 1 for a mask of this step. */
  timesMasked(text: string): number;
  /** Predictions of spans of this text by versions before the given one, and how many were right. */
  solvedBefore(text: string, policyVersion: number): { readonly solved: number; readonly attempts: number };
  /** Whether a version before the given one answered a span of this text with this, wrongly. */
  missedBefore(text: string, answer: string, policyVersion: number): boolean;
}

type StepSpans = ReadonlyMap<string, readonly SpanRecord[]>;

export class RecentSpans implements SpanHistory {
  readonly #steps: number;
  readonly #byStep = new Map<number, StepSpans>();

  /** @param steps how many before the step in work are remembered */
  constructor(steps: number) {
    this.#steps = steps;
  }

  /** The records of the next step, which is then the one in work. */
  add(step: number, records: readonly SpanRecord[]): void {
    const byText = new Map<string, SpanRecord[]>();
    for (const record of records) byText.set(record.text, [...(byText.get(record.text) ?? []), record]);
    this.#byStep.set(step, byText);
    for (const other of this.#byStep.keys()) if (other < step - this.#steps) this.#byStep.delete(other);
  }

  timesMasked(text: string): number {
    return this.#of(text).length;
  }

  solvedBefore(text: string, policyVersion: number): { readonly solved: number; readonly attempts: number } {
    const earlier = this.#before(text, policyVersion);
    return { solved: earlier.reduce((sum, { solved }) => sum + solved, 0), attempts: earlier.reduce((sum, { attempts }) => sum + attempts, 0) };
  }

  missedBefore(text: string, answer: string, policyVersion: number): boolean {
    return this.#before(text, policyVersion).some(({ wrongAnswers }) => wrongAnswers.includes(answer));
  }

  #before(text: string, policyVersion: number): readonly SpanRecord[] {
    return this.#of(text).filter((record) => record.policyVersion !== null && record.policyVersion < policyVersion);
  }

  #of(text: string): readonly SpanRecord[] {
    return [...this.#byStep.values()].flatMap((step) => step.get(text) ?? []);
  }
}
