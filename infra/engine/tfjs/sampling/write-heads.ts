/**
 * Between the fused projection and attention: biases, QK-norm (Qwen3), rotary embedding, the scale 1 / sqrt(headDim), and keys and values to their places in the cache.
 * In: rows [rows, stride] of (H + 2K) * D floats, changed in place where they are queries. Nothing can go wrong.
 */
import type { ModelConfig } from '../../model-files/model-config.ts';
import { inverseRms } from '../model/heads.ts';
import type { LayerWeights } from '../model/policy-weights.ts';
import type { RopeTable } from '../model/rope-table.ts';
import { headOffsets } from './cache-blocks.ts';
import { blockTokens } from './kernels/attend.ts';

/** Where a row's token is in its sequence and in the cache. */
export interface HeadRows {
  readonly position: Uint32Array;
  readonly block: Uint32Array;
  readonly slot: Uint32Array;
}

/** @param start of the first row, in floats; @param first row in `rows`; @param longest of the positions, plus one */
export function writeHeads(
  floats: Float32Array,
  start: number,
  stride: number,
  { position, block, slot }: HeadRows,
  first: number,
  count: number,
  layerIndex: number,
  layer: LayerWeights,
  config: ModelConfig,
  rope: RopeTable,
  longest: number,
): void {
  const { heads, kvHeads, headDim, rmsNormEps } = config;
  const { cosines, sines } = rope.upTo(longest);
  const scale = 1 / Math.sqrt(headDim);
  for (let r = 0; r < count; r++) {
    const at = start + r * stride;
    if (layer.biases !== null) addBiases(floats, at, layer.biases);
    const angle = position[first + r]! * rope.half;
    for (let head = 0; head < heads + kvHeads; head++) {
      const isQuery = head < heads;
      const norm = isQuery ? layer.queryNorm : layer.keyNorm;
      rotate(floats, at + head * headDim, rope.half, isQuery ? scale : 1, norm, rmsNormEps, cosines, sines, angle);
    }
    const keys = at + heads * headDim;
    const values = keys + kvHeads * headDim;
    for (let head = 0; head < kvHeads; head++) {
      const offsets = headOffsets(config, layerIndex, head);
      const toKeys = (block[first + r]! + offsets.keys) / 4 + slot[first + r]!;
      const toValues = (block[first + r]! + offsets.values) / 4 + slot[first + r]! * headDim;
      for (let i = 0; i < headDim; i++) {
        floats[toKeys + i * blockTokens] = floats[keys + head * headDim + i]!;
        floats[toValues + i] = floats[values + head * headDim + i]!;
      }
    }
  }
}

function rotate(
  floats: Float32Array,
  at: number,
  half: number,
  scale: number,
  norm: Float32Array | null,
  eps: number,
  cosines: Float32Array,
  sines: Float32Array,
  angle: number,
): void {
  const factor = norm === null ? scale : scale * inverseRms(floats, at, 2 * half, eps);
  for (let i = 0; i < half; i++) {
    const a = floats[at + i]! * factor * (norm === null ? 1 : norm[i]!);
    const b = floats[at + half + i]! * factor * (norm === null ? 1 : norm[half + i]!);
    const cosine = cosines[angle + i]!;
    const sine = sines[angle + i]!;
    floats[at + i] = a * cosine - b * sine;
    floats[at + half + i] = b * cosine + a * sine;
  }
}

function addBiases(floats: Float32Array, start: number, biases: readonly Float32Array[]): void {
  let at = start;
  for (const bias of biases) for (const value of bias) floats[at++]! += value;
}
