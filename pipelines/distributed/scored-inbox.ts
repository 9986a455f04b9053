/**
 * Scored paragraphs on their way into the sink. In: messages of the edge in any order, any number of times, and admissions, which are not ordered with them. Out: each paragraph once,
 * the first of its id by the order of its partition, and not before its admission. Can go wrong: nothing; what belongs to no admission waits.
 */
import type { DeadLetter } from '../../schemas/records/dead-letter.ts';
import type { ScoredGroups } from '../../schemas/records/edges.ts';
import type { CreditGrant } from '../../operators/flow/credits.ts';

export interface ScoredMessage {
  readonly record: ScoredGroups;
  readonly letters: readonly DeadLetter[];
}

export class ScoredInbox {
  readonly #deliver: (message: ScoredMessage) => void;
  readonly #admitted = new Map<string, number>(); // cohort -> its step
  readonly #held = new Map<string, ScoredMessage[]>();
  readonly #seen = new Map<string, number>(); // id -> its step
  #committed = 0;

  constructor(deliver: (message: ScoredMessage) => void) {
    this.#deliver = deliver;
  }

  scored(message: ScoredMessage): void {
    const { id, step, cohortFirstSlot } = message.record.paragraph;
    if (step <= this.#committed || this.#seen.has(id)) return;
    this.#seen.set(id, step);
    const cohort = nameOf(step, cohortFirstSlot);
    if (this.#admitted.has(cohort)) this.#deliver(message);
    else this.#held.set(cohort, [...(this.#held.get(cohort) ?? []), message]);
  }

  /** The sink knows of the admission. */
  admitted({ step, firstSlot }: CreditGrant): void {
    const cohort = nameOf(step, firstSlot);
    if (step <= this.#committed || this.#admitted.has(cohort)) return;
    this.#admitted.set(cohort, step);
    const held = this.#held.get(cohort) ?? [];
    this.#held.delete(cohort);
    held.forEach(this.#deliver);
  }

  /** Nothing of these steps is wanted any more. */
  committed(step: number): void {
    this.#committed = step;
    for (const steps of [this.#admitted, this.#seen]) for (const [name, of] of steps) if (of <= step) steps.delete(name);
  }
}

function nameOf(step: number, firstSlot: number): string {
  return `${step}/${firstSlot}`;
}
