/**
 * A variant against the reference, seed by seed: what both share by their seed falls out. In: a value a seed for each. Out: variant minus reference with its interval, and in how many seeds which was
 * ahead. Pure; null where they have no seed in common.
 */
import { estimate, type Estimate } from './estimate.ts';

/** `unclear`: the interval holds 0, or there is none. */
export type Verdict = 'ahead' | 'behind' | 'unclear';

export interface PairedDifference {
  readonly difference: Estimate;
  readonly bySeed: readonly { readonly seed: number; readonly difference: number }[];
  /** Seeds in which the variant had the greater value, the same, the smaller. */
  readonly ahead: number;
  readonly tied: number;
  readonly behind: number;
  readonly verdict: Verdict;
}

export type ValueBySeed = ReadonlyMap<number, number>;

export function pairedDifference(variant: ValueBySeed, reference: ValueBySeed): PairedDifference | null {
  const bySeed = [...variant].flatMap(([seed, value]) => {
    const other = reference.get(seed);
    return other === undefined ? [] : [{ seed, difference: value - other }];
  });
  const difference = estimate(bySeed.map((each) => each.difference));
  if (difference === null) return null;
  const count = (sign: number): number => bySeed.filter((each) => Math.sign(each.difference) === sign).length;
  return { difference, bySeed, ahead: count(1), tied: count(0), behind: count(-1), verdict: verdictOf(difference) };
}

function verdictOf({ low, high }: Estimate): Verdict {
  if (low !== null && low > 0) return 'ahead';
  return high !== null && high < 0 ? 'behind' : 'unclear';
}
