/**
 * The feed-forward block of a layer: one SwiGLU, or experts of which each token goes to a few (Qwen3-MoE). In: its normed input, [T, width]. Out: [T, width], and what the
 * backward pass needs. Wrong: OUT_OF_MEMORY. An expert sees the rows of its tokens together, and those that get none are not computed.
 */
import * as tf from '@tensorflow/tfjs-core';
import { readView } from '../backend/read-view.ts';
import { swiGlu } from './feed-forward.ts';
import type { Linear } from './linear.ts';
import { route, type RouterSettings, type Routing } from './router.ts';
import { gatherRows } from './rows.ts';

export interface SwiGluWeights {
  readonly gate: Linear;
  readonly up: Linear;
  readonly down: Linear;
}

export interface DenseWeights extends SwiGluWeights {
  readonly kind: 'dense';
}

export interface ExpertsWeights extends RouterSettings {
  readonly kind: 'experts';
  readonly router: Linear;
  readonly experts: readonly SwiGluWeights[];
}

export type FeedForwardWeights = DenseWeights | ExpertsWeights;

/** The inner values of one SwiGLU, [its tokens, inner width]. */
export interface SwiGluKept {
  readonly gate: tf.Tensor2D;
  readonly up: tf.Tensor2D;
}

export interface ExpertsKept {
  readonly kind: 'experts';
  readonly routing: Routing;
  /** By expert; null where it got no tokens. */
  readonly experts: readonly (SwiGluKept | null)[];
}

export type FeedForwardKept = (SwiGluKept & { readonly kind: 'dense' }) | ExpertsKept;

export interface FeedForwardResult {
  readonly output: tf.Tensor2D;
  readonly kept: FeedForwardKept;
}

/** The tensors of the result belong to the scope around; `keepFeedForward` takes what is kept out of it. */
export function feedForward(normed: tf.Tensor2D, weights: FeedForwardWeights): FeedForwardResult {
  return weights.kind === 'dense' ? denseForward(normed, weights) : expertsForward(normed, weights);
}

/** Every linear layer of the block, in a fixed order. */
export function feedForwardLinears(weights: FeedForwardWeights): Linear[] {
  const ofUnit = ({ gate, up, down }: SwiGluWeights): Linear[] => [gate, up, down];
  return weights.kind === 'dense' ? ofUnit(weights) : [weights.router, ...weights.experts.flatMap(ofUnit)];
}

export function keepFeedForward(kept: FeedForwardKept): FeedForwardKept {
  for (const tensor of tensorsOf(kept)) tf.keep(tensor);
  return kept;
}

export function disposeFeedForward(kept: FeedForwardKept): void {
  tf.dispose(tensorsOf(kept));
}

/** Rows of an expert's tokens. @param source [T, columns] */
export function expertRows(source: Float32Array, columns: number, places: Int32Array, perToken: number): tf.Tensor2D {
  return tf.tensor2d(gatherRows(source, columns, tokensOf(places, perToken)), [places.length, columns]);
}

/** Tokens of places in `Routing.chosen`. */
export function tokensOf(places: Int32Array, perToken: number): Int32Array {
  return places.map((place) => Math.floor(place / perToken));
}

function tensorsOf(kept: FeedForwardKept): tf.Tensor[] {
  return kept.kind === 'dense' ? [kept.gate, kept.up] : kept.experts.flatMap((expert) => (expert === null ? [] : [expert.gate, expert.up]));
}

function denseForward(normed: tf.Tensor2D, weights: DenseWeights): FeedForwardResult {
  const { gate, up, output } = unitForward(normed, weights);
  return { output, kept: { kind: 'dense', gate, up } };
}

function unitForward(x: tf.Tensor2D, weights: SwiGluWeights): SwiGluKept & { readonly output: tf.Tensor2D } {
  const gate: tf.Tensor2D = tf.matMul(x, weights.gate.forward);
  const up: tf.Tensor2D = tf.matMul(x, weights.up.forward);
  return { gate, up, output: tf.matMul(swiGlu(gate, up), weights.down.forward) };
}

function expertsForward(normed: tf.Tensor2D, { router, experts, perToken, normalised }: ExpertsWeights): FeedForwardResult {
  const [tokens, width] = normed.shape;
  const logits = tf.matMul(normed, router.forward).dataSync<'float32'>();
  const routing = route(logits, experts.length, { perToken, normalised });
  const input = normed.dataSync<'float32'>();
  const sum = new Float32Array(tokens * width);
  const kept = experts.map((weights, expert): SwiGluKept | null => {
    const places = routing.places[expert]!;
    if (places.length === 0) return null;
    const { gate, up, output } = unitForward(expertRows(input, width, places, perToken), weights);
    addWeighted(sum, readView(output), width, places, routing);
    return { gate, up };
  });
  return { output: tf.tensor2d(sum, [tokens, width]), kept: { kind: 'experts', routing, experts: kept } };
}

function addWeighted(sum: Float32Array, rows: Float32Array, width: number, places: Int32Array, { weights, settings }: Routing): void {
  for (const [row, token] of tokensOf(places, settings.perToken).entries()) {
    const weight = weights[places[row]!]!;
    for (let i = 0; i < width; i++) sum[token * width + i]! += weight * rows[row * width + i]!;
  }
}
