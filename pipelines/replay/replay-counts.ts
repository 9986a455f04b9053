/** In: a step's tables. Out: how many rollouts they hold. */
import type { Tables } from '../../operators/replay/logged-tables.ts';

export function rolloutsOf({ maskRollouts, predictions }: Pick<Tables, 'maskRollouts' | 'predictions'>): number {
  return maskRollouts.length + predictions.length;
}
