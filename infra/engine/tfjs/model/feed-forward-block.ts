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

/** All of the block but its last products. The tensors belong to the scope around; `keepFeedForward` takes them out of it. */
export function feedForward(normed: tf.Tensor2D, weights: FeedForwardWeights): FeedForwardKept {
  return weights.kind === 'dense' ? { kind: 'dense', ...unitForward(normed, weights) } : expertsForward(normed, weights);
}

/** The last products: [T, width]. */
export function feedForwardOutput(kept: FeedForwardKept, weights: FeedForwardWeights): tf.Tensor2D {
  if (kept.kind === 'dense' && weights.kind === 'dense') return unitOutput(kept, weights);
  return expertsOutput(kept as ExpertsKept, weights as ExpertsWeights);
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

function unitForward(x: tf.Tensor2D, weights: SwiGluWeights): SwiGluKept {
  return { gate: tf.matMul(x, weights.gate.forward), up: tf.matMul(x, weights.up.forward) };
}

function unitOutput({ gate, up }: SwiGluKept, { down }: SwiGluWeights): tf.Tensor2D {
  return tf.matMul(swiGlu(gate, up), down.forward);
}

function expertsForward(normed: tf.Tensor2D, { router, experts, perToken, normalised }: ExpertsWeights): ExpertsKept {
  const logits = tf.matMul(normed, router.forward).dataSync<'float32'>();
  const routing = route(logits, experts.length, { perToken, normalised });
  const input = normed.dataSync<'float32'>();
  const kept = experts.map((weights, expert) => {
    const places = routing.places[expert]!;
    return places.length === 0 ? null : unitForward(expertRows(input, normed.shape[1], places, perToken), weights);
  });
  return { kind: 'experts', routing, experts: kept };
}

function expertsOutput({ routing, experts: kept }: ExpertsKept, { experts }: ExpertsWeights): tf.Tensor2D {
  const width = experts[0]!.down.outputs;
  const tokens = routing.chosen.length / routing.settings.perToken;
  const sum = new Float32Array(tokens * width);
  for (const [expert, inner] of kept.entries()) {
    if (inner !== null) addWeighted(sum, readView(unitOutput(inner, experts[expert]!)), width, routing.places[expert]!, routing);
  }
  return tf.tensor2d(sum, [tokens, width]);
}

function addWeighted(sum: Float32Array, rows: Float32Array, width: number, places: Int32Array, { weights, settings }: Routing): void {
  for (const [row, token] of tokensOf(places, settings.perToken).entries()) {
    const weight = weights[places[row]!]!;
    for (let i = 0; i < width; i++) sum[token * width + i]! += weight * rows[row * width + i]!;
  }
}
