/**
 * A learning curve with its band. In: for each seed, points in the same order: the k-th of one belongs to the k-th of another. Out: at each place the mean of x and the estimate of y over the seeds that have it.
 * Pure; a place where a seed has no value is taken over the others.
 */
import { estimate, type Estimate } from './estimate.ts';

export interface CurvePoint {
  readonly x: number;
  readonly y: number | null;
}

export interface BandPoint {
  readonly x: number;
  readonly y: Estimate;
}

export function curveOf(seeds: readonly (readonly CurvePoint[])[]): BandPoint[] {
  const places = Math.max(0, ...seeds.map((points) => points.length));
  return Array.from({ length: places }, (_, place) => place).flatMap((place) => {
    const here = seeds.flatMap((points) => points[place] ?? []).filter((point): point is { x: number; y: number } => point.y !== null);
    const y = estimate(here.map((point) => point.y));
    return y === null ? [] : [{ x: here.reduce((sum, point) => sum + point.x, 0) / here.length, y }];
  });
}
