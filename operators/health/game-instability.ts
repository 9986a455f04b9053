/**
 * Sign 1: the min-max game swings. In: the mean prediction reward J (eq. 6) of the steps of a window, each with its standard error. Out: by how much J swings about its trend, beyond
 * what chance does. Pure.
 *
 * The predictor raises J and the generator lowers it. While they learn, J drifts; where each undoes what the other did, it goes back and forth. So what counts is the standard deviation
 * of J about its straight line over the window, whatever the period, less the noise of drawing other paragraphs and samples: at the size that chance exceeds in one window of 740.
 */

/** J of a step. */
export interface GamePoint {
  readonly step: number;
  readonly mean: number; // share of right predictions
  readonly error: number; // its standard error
}

/** Points below which nothing can be told: a line takes two. */
const fewestPoints = 4;
/** Standard errors of the noise that are left out. */
const noiseErrors = 3;

/** In [0, 0.5], the unit of J; null for fewer than four points. */
export function gameInstability(points: readonly GamePoint[]): number | null {
  const count = points.length;
  if (count < fewestPoints) return null;
  const mean = (of: (point: GamePoint) => number): number => points.reduce((sum, point) => sum + of(point), 0) / count;
  const [middle, level] = [mean(({ step }) => step), mean((point) => point.mean)];
  const spread = points.reduce((sum, { step }) => sum + (step - middle) ** 2, 0);
  const slope = points.reduce((sum, point) => sum + (point.step - middle) * (point.mean - level), 0) / spread;
  const residuals = points.reduce((sum, point) => sum + (point.mean - level - slope * (point.step - middle)) ** 2, 0);
  const freedom = count - 2;
  const noise = mean(({ error }) => error ** 2) * mostByChance(freedom);
  return Math.sqrt(Math.max(0, residuals / freedom - noise));
}

/** Quantile of a variance that is estimated with so many degrees of freedom, as a multiple of the true one (Wilson and Hilferty). */
function mostByChance(freedom: number): number {
  const part = 2 / (9 * freedom);
  return (1 - part + noiseErrors * Math.sqrt(part)) ** 3;
}
