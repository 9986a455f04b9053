/**
 * Sign 2: the mask task harms the main objective. In: the held-out answers at their best, and now. Out: how far accuracy on held-out spans has fallen, beyond what chance does. Pure.
 *
 * In training a lower share of right predictions may mean harder masks, which is the game itself; on fixed spans it means that the model has become worse. The same items are asked with the
 * same seeds, so they are compared one by one, and twice the standard error of the mean difference is left out.
 */
import type { EvaluationRow } from '../../schemas/records/evaluation-row.ts';

/** One evaluation: accuracy by item, of its answers, in [0, 1]. */
export interface HeldOut {
  readonly step: number; // the step after which it was; 0 is the base model
  readonly accuracy: number; // mean over items
  readonly ofItem: ReadonlyMap<string, number>;
}

const chanceErrors = 2;

/** @returns null where the rows hold no cloze answers */
export function heldOutOf(rows: readonly EvaluationRow[]): HeldOut | null {
  const answers = new Map<string, { right: number; all: number }>();
  const cloze = rows.filter(({ kind }) => kind === 'cloze');
  for (const { itemId, correct } of cloze) {
    const { right, all } = answers.get(itemId) ?? { right: 0, all: 0 };
    answers.set(itemId, { right: right + (correct ? 1 : 0), all: all + 1 });
  }
  if (answers.size === 0) return null;
  const ofItem = new Map([...answers].map(([item, { right, all }]) => [item, right / all]));
  return { step: cloze[0]!.step, accuracy: meanOf([...ofItem.values()]), ofItem };
}

/** In [0, 1]; 0 where it has not fallen, or no further than chance. */
export function objectiveHarm(best: HeldOut, latest: HeldOut): number {
  const falls = [...latest.ofItem].flatMap(([item, accuracy]) => (best.ofItem.has(item) ? [best.ofItem.get(item)! - accuracy] : []));
  if (falls.length < 2) return 0;
  const fall = meanOf(falls);
  const variance = falls.reduce((sum, own) => sum + (own - fall) ** 2, 0) / (falls.length - 1);
  return Math.max(0, fall - chanceErrors * Math.sqrt(variance / falls.length));
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
