/** In: weights. Out: the same values in memory that threads share. Wrong: a RangeError where there is no room. */
import type { Weights } from '../../model-files/host-tensor.ts';

export function shareWeights(weights: Weights): Weights {
  const shared: Weights = new Map();
  for (const [name, { shape, data }] of weights) {
    const values = new Float32Array(new SharedArrayBuffer(data.byteLength));
    values.set(data);
    shared.set(name, { shape, data: values });
  }
  return shared;
}
