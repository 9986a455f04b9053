/**
 * Which learning rate a variant gets. In: what the tuning runs reached, rate by rate. Out: the rate with the highest mean over the tuning seeds, the first of equals; a rate of which a run failed is never taken.
 * Pure; null where none is left.
 */

export interface TriedRate {
  readonly learningRate: number;
  /** One value a tuning seed; null where the run failed or measured nothing. */
  readonly bySeed: readonly { readonly seed: number; readonly value: number | null }[];
  /** Null where a value is missing. */
  readonly mean: number | null;
}

export function triedRate(learningRate: number, bySeed: TriedRate['bySeed']): TriedRate {
  const values = bySeed.map(({ value }) => value).filter((value) => value !== null);
  const mean = values.length === 0 || values.length < bySeed.length ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
  return { learningRate, bySeed, mean };
}

export function chooseRate(tried: readonly TriedRate[]): number | null {
  const whole = tried.filter((each): each is TriedRate & { readonly mean: number } => each.mean !== null);
  const [first] = whole.toSorted((a, b) => b.mean - a.mean);
  return first?.learningRate ?? null;
}
