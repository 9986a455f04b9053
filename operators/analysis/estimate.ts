/**
 * A mean over seeds with what is known of it. In: one value a seed. Out: the mean with its 95% interval by Student's t: mean +- t(0.975, n - 1) s / sqrt(n), which takes the seeds for independent and
 * their values for roughly normal. Pure and without randomness; of one value there is no interval, of none no mean.
 */
import { studentQuantile } from './student-t.ts';

export interface Estimate {
  readonly n: number;
  readonly mean: number;
  /** Sample standard deviation; null for one value. */
  readonly deviation: number | null;
  /** Ends of the 95% interval; null for one value. */
  readonly low: number | null;
  readonly high: number | null;
}

export const confidence = 0.95;

/** Null where there are no values. */
export function estimate(values: readonly number[]): Estimate | null {
  const n = values.length;
  if (n === 0) return null;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  if (n === 1) return { n, mean, deviation: null, low: null, high: null };
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1));
  const half = (studentQuantile((1 + confidence) / 2, n - 1) * deviation) / Math.sqrt(n);
  return { n, mean, deviation, low: mean - half, high: mean + half };
}
