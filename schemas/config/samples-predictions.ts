/** In: the name of a pipeline. Out: whether the model samples predictions in it; the others train on text that is there. Pure. */
import type { Config } from './config.ts';

const unsampled: readonly Config['pipeline'][] = ['continue-pretraining', 'supervised-span'];

export function samplesPredictions(pipeline: Config['pipeline']): boolean {
  return !unsampled.includes(pipeline);
}
