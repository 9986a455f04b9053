/**
 * In: fresh weights with tied embeddings. Out: the same, with a direction shared by all embeddings, and the first block's first key head looking at the token before
 * (its query heads with it). Copying what stands elsewhere in a context ("induction") takes two heads in a row, and
 * of the two a small model is slow to find this one. Nothing can go wrong.
 *
 * After RMSNorm the shared direction u is there at every position, so W_q u and W_k u see positions only. With k = a (1, 0) and q = a (cos f, -sin f) for each
 * rotary frequency f, the score of position j for query i is a^2 / sqrt(D) times the sum over f of cos(f (i - 1 - j)): largest at j = i - 1.
 */
import type { ModelConfig } from './model-config.ts';
import type { Weights } from './host-tensor.ts';

/** Norm of W_q u and W_k u a rotary pair: at the width of the sample model about half of the attention falls on the token before. */
const gain = 0.56;

/** @param deviation of the fresh embeddings; the shared direction gets as much */
export function placePreviousTokenHead(weights: Weights, { width, heads, kvHeads, headDim, ropeTheta }: ModelConfig, deviation: number): void {
  const embedding = weights.get('model.embed_tokens.weight')!.data;
  for (let i = 0; i < embedding.length; i++) embedding[i]! += deviation;
  const query = weights.get('model.layers.0.self_attn.q_proj.weight')!.data;
  const key = weights.get('model.layers.0.self_attn.k_proj.weight')!.data;
  const half = headDim / 2;
  const direction = gain / Math.sqrt(width);
  for (let i = 0; i < half; i++) {
    const frequency = ropeTheta ** (-i / half);
    fillRow(key, i, width, direction);
    fillRow(key, half + i, width, 0);
    for (let head = 0; head < heads / kvHeads; head++) {
      fillRow(query, head * headDim + i, width, direction * Math.cos(frequency));
      fillRow(query, head * headDim + half + i, width, -direction * Math.sin(frequency));
    }
  }
}

function fillRow(matrix: Float32Array, row: number, width: number, value: number): void {
  matrix.fill(value, row * width, (row + 1) * width);
}
