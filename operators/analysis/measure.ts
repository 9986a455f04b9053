/**
 * The one figure by which variants are compared. In: a held-out evaluation, and the classes that count. Out: the mean of their accuracies, each class as much as another; over all answers where no classes are
 * named. In [0, 1]; null where nothing was asked of them.
 */
import type { EvaluationSummary } from '../evaluation/summarise-evaluation.ts';

export function measure({ cloze }: EvaluationSummary, classes: readonly string[] | null): number | null {
  if (cloze === null) return null;
  if (classes === null) return cloze.accuracy;
  const accuracies = classes.map((name) => cloze.byClass.find(({ spanClass }) => spanClass === name)?.accuracy ?? null);
  const known = accuracies.filter((accuracy) => accuracy !== null);
  return known.length < classes.length ? null : known.reduce((sum, accuracy) => sum + accuracy, 0) / known.length;
}
