/**
 * Sign 3: what is picked collapses onto a few texts. In: the masked passages of the steps of a window. Out: the share of the most frequent text. Pure.
 *
 * Every paragraph has one vote, shared by its masks: eight masks on one name within its own paragraph are no collapse, one phrase over many paragraphs is. Texts that differ in case or in
 * punctuation at their ends are one.
 */
import { normaliseAnswer } from '../rollouts/parse-answer.ts';

/** The part of a passage that counts. */
export interface Pick {
  readonly paragraphId: string;
  readonly maskText: string;
}

/** What a step picked. */
export interface StepPicks {
  /** Paragraphs with a mask. */
  readonly paragraphs: number;
  /** Votes by text; their sum is `paragraphs`. */
  readonly votes: ReadonlyMap<string, number>;
}

export interface Imbalance {
  /** Of the votes, in (0, 1]. */
  readonly share: number;
  readonly text: string;
}

export function stepPicks(picks: readonly Pick[]): StepPicks {
  const sizes = new Map<string, number>();
  for (const { paragraphId } of picks) sizes.set(paragraphId, (sizes.get(paragraphId) ?? 0) + 1);
  const votes = new Map<string, number>();
  for (const { paragraphId, maskText } of picks) {
    const text = foldedText(maskText);
    votes.set(text, (votes.get(text) ?? 0) + 1 / sizes.get(paragraphId)!);
  }
  return { paragraphs: sizes.size, votes };
}

/** Null where nothing was picked. Of equal texts, the first in the order of the steps. */
export function pickImbalance(steps: readonly StepPicks[]): Imbalance | null {
  const votes = new Map<string, number>();
  for (const step of steps) for (const [text, own] of step.votes) votes.set(text, (votes.get(text) ?? 0) + own);
  const paragraphs = steps.reduce((sum, step) => sum + step.paragraphs, 0);
  const [most] = [...votes].sort(([, a], [, b]) => b - a);
  return most === undefined ? null : { share: Math.min(1, most[1] / paragraphs), text: most[0] };
}

/** The text alone where it is all punctuation. */
function foldedText(text: string): string {
  const whole = normaliseAnswer(text).toLowerCase();
  return whole.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '') || whole;
}
