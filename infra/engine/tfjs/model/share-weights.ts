/** In: weights. Out: the same values in memory that threads share, copied where they are not there yet. Wrong: a RangeError where there is no room. */
import type { Weights } from '../../model-files/host-tensor.ts';

export function shareWeights(weights: Weights): Weights {
  const shared: Weights = new Map();
  for (const [name, tensor] of weights) {
    const { shape, data } = tensor;
    if (data.buffer instanceof SharedArrayBuffer) {
      shared.set(name, tensor);
      continue;
    }
    const values = new Float32Array(new SharedArrayBuffer(data.byteLength));
    values.set(data);
    shared.set(name, { shape, data: values });
  }
  return shared;
}
