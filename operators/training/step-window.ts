/**
 * One step between its grant and its commit: how many paragraphs it has, which of them are scored, which cohorts were
 * looked at for barren ones. Scored paragraphs may come in any order and more than once; each counts once.
 */
import type { ScoredGroups } from '../../schemas/records/edges.ts';
import { paragraphId } from '../rollouts/ids.ts';

export class StepWindow {
  readonly step: number;
  readonly #bySlot = new Map<number, ScoredGroups>();
  #size = 0;
  #unanswered = 0;
  #judged = 0;
  #refills = 0;

  constructor(step: number) {
    this.step = step;
  }

  /** Paragraphs admitted: slots 0 to `size - 1`. */
  get size(): number {
    return this.#size;
  }

  /** Refills granted so far. */
  get refills(): number {
    return this.#refills;
  }

  /** Every grant is answered. */
  get answered(): boolean {
    return this.#unanswered === 0;
  }

  /** Every grant is answered, and every paragraph admitted is scored. */
  get complete(): boolean {
    return this.answered && this.#bySlot.size === this.#size;
  }

  granted(refills = 0): void {
    this.#unanswered += 1;
    this.#refills += refills;
  }

  admitted(count: number): void {
    this.#unanswered -= 1;
    this.#size += count;
  }

  scored(slot: number, message: ScoredGroups): void {
    if (!this.#bySlot.has(slot)) this.#bySlot.set(slot, message);
  }

  /** A paragraph of a finished window, back from a commit: admitted, scored and judged. */
  restore(slot: number, message: ScoredGroups): void {
    this.scored(slot, message);
    this.#size = this.#bySlot.size;
    this.#judged = this.#size;
  }

  /** The paragraphs of the latest cohort, once: when all of it is scored. Empty before and after. */
  judge(): ScoredGroups[] {
    if (!this.complete || this.#judged === this.#size) return [];
    const cohort = this.paragraphs().slice(this.#judged);
    this.#judged = this.#size;
    return cohort;
  }

  /** In slot order. */
  paragraphs(): ScoredGroups[] {
    return [...this.#bySlot].sort(([a], [b]) => a - b).map(([, message]) => message);
  }

  /** Id of the first paragraph that is admitted and not scored. */
  firstMissing(): string {
    let slot = 0;
    while (this.#bySlot.has(slot)) slot++;
    return paragraphId(this.step, slot);
  }
}
