/**
 * Between the fused projection and attention, on the host: biases, QK-norm (Qwen3), rotary embedding, the scale 1 / sqrt(headDim), and
 * the change from token-major to head-major. T tokens, H heads, K key-value heads, D headDim. In: [T, (H + 2K) * D]. Out: `Heads`. Nothing can go wrong.
 */
import type * as tf from '@tensorflow/tfjs-core';
import { readView } from '../backend/read-view.ts';
import type { ModelConfig } from '../../model-files/model-config.ts';
import type { LayerWeights } from './policy-weights.ts';
import type { RopeTable } from './rope-table.ts';

export interface Heads {
  readonly tokens: number;
  /** [H, T, D], rotated and scaled. */
  readonly query: Float32Array;
  /** [K, T, D], rotated. */
  readonly key: Float32Array;
  /** [K, T, D] */
  readonly value: Float32Array;
  /** The projection with its biases, token-major; kept where QK-norm needs it for its gradient. */
  readonly projected: Float32Array | null;
}

/** Gradients with regard to `query`, `key` and `value`, in their layouts. */
export type HeadGradients = Pick<Heads, 'query' | 'key' | 'value'>;

/** @param projection [T, (H + 2K) * D] on the device */
export function splitHeads(projection: tf.Tensor2D, positions: Int32Array, layer: LayerWeights, config: ModelConfig, rope: RopeTable): Heads {
  const { heads, kvHeads, headDim } = config;
  const tokens = positions.length;
  const stride = (heads + 2 * kvHeads) * headDim;
  // Copied where it is changed or kept.
  const qkv = layer.biases !== null || config.qkNorm ? projection.dataSync<'float32'>() : readView(projection);
  if (layer.biases !== null) addBiases(qkv, stride, layer.biases);
  const place = { tokens, stride, headDim, positions };
  const query = new Float32Array(heads * tokens * headDim);
  const key = new Float32Array(kvHeads * tokens * headDim);
  const value = new Float32Array(kvHeads * tokens * headDim);
  rotateHeads(qkv, 0, query, heads, 1 / Math.sqrt(headDim), layer.queryNorm, config.rmsNormEps, rope, place);
  rotateHeads(qkv, heads * headDim, key, kvHeads, 1, layer.keyNorm, config.rmsNormEps, rope, place);
  for (let head = 0; head < kvHeads; head++) {
    const column = (heads + kvHeads + head) * headDim;
    for (let t = 0; t < tokens; t++) {
      const from = t * stride + column;
      const to = (head * tokens + t) * headDim;
      for (let i = 0; i < headDim; i++) value[to + i] = qkv[from + i]!;
    }
  }
  return { tokens, query, key, value, projected: config.qkNorm ? qkv : null };
}

interface Place {
  readonly tokens: number;
  readonly stride: number;
  readonly headDim: number;
  readonly positions: Int32Array;
}

function rotateHeads(
  source: Float32Array,
  firstColumn: number,
  target: Float32Array,
  heads: number,
  scale: number,
  norm: Float32Array | null,
  eps: number,
  rope: RopeTable,
  { tokens, stride, headDim, positions }: Place,
): void {
  const { cosines, sines } = rope.upTo(largest(positions) + 1);
  const { half } = rope;
  for (let head = 0; head < heads; head++) {
    for (let t = 0; t < tokens; t++) {
      const from = t * stride + firstColumn + head * headDim;
      const to = (head * tokens + t) * headDim;
      const angle = positions[t]! * half;
      const factor = norm === null ? scale : scale * inverseRms(source, from, headDim, eps);
      for (let i = 0; i < half; i++) {
        const a = source[from + i]! * factor * (norm === null ? 1 : norm[i]!);
        const b = source[from + half + i]! * factor * (norm === null ? 1 : norm[half + i]!);
        const cosine = cosines[angle + i]!;
        const sine = sines[angle + i]!;
        target[to + i] = a * cosine - b * sine;
        target[to + half + i] = b * cosine + a * sine;
      }
    }
  }
}

/** 1 / sqrt(mean(x^2) + eps) of one head. */
export function inverseRms(values: Float32Array, from: number, size: number, eps: number): number {
  let sum = 0;
  for (let i = 0; i < size; i++) sum += values[from + i]! ** 2;
  return 1 / Math.sqrt(sum / size + eps);
}

function addBiases(qkv: Float32Array, stride: number, biases: readonly Float32Array[]): void {
  let column = 0;
  for (const bias of biases) {
    for (let row = column; row < qkv.length; row += stride) {
      for (let i = 0; i < bias.length; i++) qkv[row + i]! += bias[i]!;
    }
    column += bias.length;
  }
}

function largest(positions: Int32Array): number {
  let most = 0;
  for (const position of positions) if (position > most) most = position;
  return most;
}
