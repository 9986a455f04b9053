/**
 * Attention of one new token per sample: to the prompt, shared by the samples of a group, as products of all their queries on the device; to
 * the sample's own tokens on the host; one softmax over both. In: heads of the new tokens, samples in the order of their rows, those of a group
 * side by side. Out: [rows, H * D] on the host. Wrong: OUT_OF_MEMORY. A row's result does not depend on the others.
 */
import * as tf from '@tensorflow/tfjs-core';
import { windowOfLayer } from '../../model-files/layer-kinds.ts';
import type { ModelConfig } from '../../model-files/model-config.ts';
import { scope } from '../backend/scope.ts';
import type { Heads } from '../model/heads.ts';
import type { OpenSample } from './open-sample.ts';

/** Puts the new tokens' keys and values into the samples' caches, too. */
export function attendNewTokens(heads: Heads, samples: readonly OpenSample[], layer: number, config: ModelConfig): Float32Array {
  const output = new Float32Array(samples.length * config.heads * config.headDim);
  samples.forEach((sample, row) => sample.suffix.put(layer, sample.tokens.length - 1, heads, row));
  for (let first = 0; first < samples.length; ) {
    let end = first + 1;
    while (end < samples.length && samples[end]!.prefix === samples[first]!.prefix) end++;
    const members = samples.slice(first, end);
    for (let kvHead = 0; kvHead < config.kvHeads; kvHead++) attendGroup(heads, members, first, layer, kvHead, config, output);
    first = end;
  }
  return output;
}

function attendGroup(
  heads: Heads,
  members: readonly OpenSample[],
  firstRow: number,
  layer: number,
  kvHead: number,
  config: ModelConfig,
  output: Float32Array,
): void {
  const { headDim } = config;
  const window = windowOfLayer(config, layer);
  const stacked = config.heads / config.kvHeads;
  const { prefix } = members[0]!;
  const { keysTransposed, values } = prefix.head(layer, kvHead);
  const queries = gatherQueries(heads, firstRow, members.length, kvHead, stacked, headDim);
  const scores = scope(() => tf.matMul(tf.tensor2d(queries, [members.length * stacked, headDim]), keysTransposed).dataSync<'float32'>());
  const own = members.map(({ tokens }) => new Float64Array(stacked * tokens.length));
  for (const [m, { suffix, tokens }] of members.entries()) {
    const position = prefix.length + tokens.length - 1;
    const seenFrom = window === null ? 0 : Math.max(0, position - window + 1);
    const keys = suffix.keys(layer);
    for (let s = 0; s < stacked; s++) {
      const row = m * stacked + s;
      const ownScores = own[m]!.subarray(s * tokens.length, (s + 1) * tokens.length);
      for (let t = 0; t < tokens.length; t++) ownScores[t] = dot(queries, row * headDim, keys, (t * config.kvHeads + kvHead) * headDim, headDim);
      softmaxOverBoth(scores.subarray(row * prefix.length, (row + 1) * prefix.length), ownScores, seenFrom);
    }
  }
  const fromPrefix = scope(() => tf.matMul(tf.tensor2d(scores, [members.length * stacked, prefix.length]), values).dataSync<'float32'>());
  for (const [m, { suffix, tokens }] of members.entries()) {
    const ownValues = suffix.values(layer);
    for (let s = 0; s < stacked; s++) {
      const from = (m * stacked + s) * headDim;
      const to = (firstRow + m) * config.heads * headDim + (kvHead * stacked + s) * headDim;
      for (let i = 0; i < headDim; i++) output[to + i] = fromPrefix[from + i]!;
      for (let t = 0; t < tokens.length; t++) {
        const weight = own[m]![s * tokens.length + t]!;
        const value = (t * config.kvHeads + kvHead) * headDim;
        for (let i = 0; i < headDim; i++) output[to + i]! += weight * ownValues[value + i]!;
      }
    }
  }
}

/** [members * stacked, D] */
function gatherQueries({ query, tokens }: Heads, firstRow: number, members: number, kvHead: number, stacked: number, headDim: number): Float32Array {
  const rows = new Float32Array(members * stacked * headDim);
  for (let m = 0; m < members; m++) {
    for (let s = 0; s < stacked; s++) {
      const from = ((kvHead * stacked + s) * tokens + firstRow + m) * headDim;
      const to = (m * stacked + s) * headDim;
      for (let i = 0; i < headDim; i++) rows[to + i] = query[from + i]!;
    }
  }
  return rows;
}

/** Scores become probabilities, in place. @param seenFrom first position within the sliding window */
function softmaxOverBoth(prefix: Float32Array, own: Float64Array, seenFrom: number): void {
  const ownFrom = Math.max(0, seenFrom - prefix.length);
  let most = -Infinity;
  for (let i = seenFrom; i < prefix.length; i++) if (prefix[i]! > most) most = prefix[i]!;
  for (let i = ownFrom; i < own.length; i++) if (own[i]! > most) most = own[i]!;
  let sum = 0;
  for (let i = seenFrom; i < prefix.length; i++) sum += prefix[i] = Math.exp(prefix[i]! - most);
  for (let i = ownFrom; i < own.length; i++) sum += own[i] = Math.exp(own[i]! - most);
  prefix.fill(0, 0, seenFrom);
  own.fill(0, 0, ownFrom);
  for (let i = seenFrom; i < prefix.length; i++) prefix[i]! /= sum;
  for (let i = ownFrom; i < own.length; i++) own[i]! /= sum;
}

function dot(a: Float32Array, aFrom: number, b: Float32Array, bFrom: number, size: number): number {
  let sum = 0;
  for (let i = 0; i < size; i++) sum += a[aFrom + i]! * b[bFrom + i]!;
  return sum;
}
