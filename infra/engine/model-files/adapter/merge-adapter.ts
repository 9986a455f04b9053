/** In: weights and an adapter of them. Out: W + alpha / rank * B A for each weight that it changes, in new memory; the others as they are. Nothing can go wrong. */
import type { HostTensor, Weights } from '../host-tensor.ts';
import { adapterOf, type Adapter, type WeightAdapter } from './adapter.ts';

export function mergeAdapter(weights: Weights, adapter: Adapter): Weights {
  const merged: Weights = new Map();
  for (const [name, tensor] of weights) {
    const change = adapterOf(adapter, name);
    merged.set(name, change === null ? tensor : added(tensor, change));
  }
  return merged;
}

/** Row by row, summed in float64. */
function added({ shape, data }: HostTensor, { down, up, scale }: WeightAdapter): HostTensor {
  const [outputs = 0, inputs = 0] = shape;
  const rank = down.shape[0]!;
  const merged = new Float32Array(data.length);
  const row = new Float64Array(inputs);
  for (let output = 0; output < outputs; output++) {
    row.fill(0);
    for (let r = 0; r < rank; r++) {
      const factor = scale * up.data[output * rank + r]!;
      for (let i = 0; i < inputs; i++) row[i]! += factor * down.data[r * inputs + i]!;
    }
    for (let i = 0; i < inputs; i++) merged[output * inputs + i] = data[output * inputs + i]! + row[i]!;
  }
  return { shape, data: merged };
}
