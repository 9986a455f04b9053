/**
 * The backward pass of `splitHeads`. In: gradients with regard to its outputs. Out: the gradient with regard to the fused
 * projection, [T, (H + 2K) * D], and those of the small weights applied between. Nothing can go wrong.
 */
import type { ModelConfig } from '../../model-files/model-config.ts';
import { inverseRms, type HeadGradients, type Heads } from './heads.ts';
import type { LayerWeights } from './policy-weights.ts';
import type { RopeTable } from './rope-table.ts';

export interface ProjectionGradient {
  /** [T, (H + 2K) * D] */
  readonly qkv: Float32Array;
  /** [headDim] each, where the model has QK-norm. */
  readonly queryNorm: Float64Array | null;
  readonly keyNorm: Float64Array | null;
  /** [(H + 2K) * D], where the model has biases. */
  readonly biases: Float64Array | null;
}

export function mergeHeadGradients(
  gradient: HeadGradients,
  heads: Heads,
  positions: Int32Array,
  layer: LayerWeights,
  config: ModelConfig,
  rope: RopeTable,
): ProjectionGradient {
  const { heads: queryHeads, kvHeads, headDim } = config;
  const { tokens } = heads;
  const stride = (queryHeads + 2 * kvHeads) * headDim;
  const qkv = new Float32Array(tokens * stride);
  const queryNorm = layer.queryNorm === null ? null : new Float64Array(headDim);
  const keyNorm = layer.keyNorm === null ? null : new Float64Array(headDim);
  const keyColumn = queryHeads * headDim;
  unrotate(gradient.query, qkv, 0, queryHeads, 1 / Math.sqrt(headDim), positions, stride, rope);
  unrotate(gradient.key, qkv, keyColumn, kvHeads, 1, positions, stride, rope);
  if (heads.projected !== null && queryNorm !== null && keyNorm !== null) {
    const { projected } = heads;
    const size = { stride, headDim, eps: config.rmsNormEps };
    normBackward(qkv, projected, 0, queryHeads, layer.queryNorm!, queryNorm, size);
    normBackward(qkv, projected, keyColumn, kvHeads, layer.keyNorm!, keyNorm, size);
  }
  for (let head = 0; head < kvHeads; head++) {
    const column = (queryHeads + kvHeads + head) * headDim;
    for (let t = 0; t < tokens; t++) {
      const to = t * stride + column;
      const from = (head * tokens + t) * headDim;
      for (let i = 0; i < headDim; i++) qkv[to + i] = gradient.value[from + i]!;
    }
  }
  return { qkv, queryNorm, keyNorm, biases: layer.biases === null ? null : columnSums(qkv, stride) };
}

/** The rotation's transpose, times the scale. */
function unrotate(
  source: Float32Array,
  target: Float32Array,
  firstColumn: number,
  heads: number,
  scale: number,
  positions: Int32Array,
  stride: number,
  rope: RopeTable,
): void {
  const { half } = rope;
  const { cosines, sines } = rope.upTo(0);
  const tokens = positions.length;
  for (let head = 0; head < heads; head++) {
    for (let t = 0; t < tokens; t++) {
      const from = (head * tokens + t) * 2 * half;
      const to = t * stride + firstColumn + head * 2 * half;
      const angle = positions[t]! * half;
      for (let i = 0; i < half; i++) {
        const a = source[from + i]! * scale;
        const b = source[from + half + i]! * scale;
        const cosine = cosines[angle + i]!;
        const sine = sines[angle + i]!;
        target[to + i] = a * cosine + b * sine;
        target[to + half + i] = b * cosine - a * sine;
      }
    }
  }
}

/** RMSNorm over each head, in place; sums the gradient of its weight. */
function normBackward(
  gradient: Float32Array,
  projected: Float32Array,
  firstColumn: number,
  heads: number,
  weight: Float32Array,
  weightGradient: Float64Array,
  { stride, headDim, eps }: { readonly stride: number; readonly headDim: number; readonly eps: number },
): void {
  for (let row = firstColumn; row < gradient.length; row += stride) {
    for (let from = row; from < row + heads * headDim; from += headDim) {
      const inverse = inverseRms(projected, from, headDim, eps);
      let mean = 0;
      for (let i = 0; i < headDim; i++) {
        const normed = projected[from + i]! * inverse;
        weightGradient[i]! += gradient[from + i]! * normed;
        mean += gradient[from + i]! * weight[i]! * normed;
      }
      mean /= headDim;
      for (let i = 0; i < headDim; i++) {
        gradient[from + i] = inverse * (gradient[from + i]! * weight[i]! - projected[from + i]! * inverse * mean);
      }
    }
  }
}

function columnSums(values: Float32Array, columns: number): Float64Array {
  const sums = new Float64Array(columns);
  for (let row = 0; row < values.length; row += columns) {
    for (let i = 0; i < columns; i++) sums[i]! += values[row + i]!;
  }
  return sums;
}
