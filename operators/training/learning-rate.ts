/** In: an optimiser step and the config's `optimiser` section. Out: the step's learning rate. Nothing can go wrong. */
import type { Config } from '../../schemas/config/config.ts';

/**
 * Linear warm-up, then cosine to 0 (or constant). No step's rate is 0: the warm-up rises from 0 before the first step to the peak at step
 * `warmupSteps + 1`; the cosine would reach 0 one step after the last.
 * @param step from 1 to `totalSteps`.
 */
export function learningRate(
  step: number,
  section: Pick<Config['optimiser'], 'learningRate' | 'schedule' | 'warmupSteps'>,
  totalSteps: number,
): number {
  const { learningRate: peak, schedule, warmupSteps } = section;
  if (step <= warmupSteps) return (peak * step) / (warmupSteps + 1);
  if (schedule === 'constant') return peak;
  const progress = (step - 1 - warmupSteps) / Math.max(1, totalSteps - warmupSteps);
  return (peak * (1 + Math.cos(Math.PI * Math.min(1, progress)))) / 2;
}
