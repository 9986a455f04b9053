/**
 * The backward pass of a feed-forward block. In: the gradient with regard to its output, [T, width], its normed input, and what its forward pass kept. Out: the gradient with
 * regard to the input, [T, width]; those of the weights go to the store. Wrong: OUT_OF_MEMORY.
 *
 * With y_e an expert's output for a token and w_e its weight: dy_e = w_e dy, and dw_e = dy . y_e = (dy W_down) . a, a the input of its last layer.
 */
import * as tf from '@tensorflow/tfjs-core';
import { readView } from '../backend/read-view.ts';
import { swiGlu, swiGluBackward } from '../model/feed-forward.ts';
import { expertRows, tokensOf, type ExpertsKept, type ExpertsWeights, type FeedForwardKept, type FeedForwardWeights, type SwiGluKept, type SwiGluWeights } from '../model/feed-forward-block.ts';
import { inputGradient } from '../model/products.ts';
import { routeBackward } from '../model/router.ts';
import { scatterAddRows } from '../model/rows.ts';
import type { Gradients } from './gradients.ts';

export function feedForwardBackward(gradient: tf.Tensor2D, normed: tf.Tensor2D, kept: FeedForwardKept, weights: FeedForwardWeights, store: Gradients): tf.Tensor2D {
  if (kept.kind === 'dense' && weights.kind === 'dense') return unitBackward(inputGradient(weights.down, gradient), gradient, normed, kept, weights, store);
  return expertsBackward(gradient, normed, kept as ExpertsKept, weights as ExpertsWeights, store);
}

/** @param inner with regard to the input of the last layer; @param gradient with regard to the output of it; @param x the input of the unit */
function unitBackward(inner: tf.Tensor2D, gradient: tf.Tensor2D, x: tf.Tensor2D, kept: SwiGluKept, { gate, up, down }: SwiGluWeights, store: Gradients): tf.Tensor2D {
  const slopes = swiGluBackward(inner, kept.gate, kept.up);
  store.addLinear(down, slopes.activated, gradient);
  store.addLinear(gate, x, slopes.gate);
  store.addLinear(up, x, slopes.up);
  return tf.add(inputGradient(gate, slopes.gate), inputGradient(up, slopes.up));
}

function expertsBackward(gradient: tf.Tensor2D, normed: tf.Tensor2D, { routing, experts: kept }: ExpertsKept, { router, experts, perToken }: ExpertsWeights, store: Gradients): tf.Tensor2D {
  const [tokens, width] = normed.shape;
  const input = normed.dataSync<'float32'>();
  const output = gradient.dataSync<'float32'>();
  const ofInput = new Float32Array(tokens * width);
  const ofWeights = new Float64Array(routing.weights.length);
  for (const [expert, unit] of experts.entries()) {
    const places = routing.places[expert]!;
    const inner = kept[expert] ?? null;
    if (inner === null) continue;
    const rows = expertRows(output, width, places, perToken);
    const unweighted = inputGradient(unit.down, rows);
    const dots = tf.sum(tf.mul(unweighted, swiGlu(inner.gate, inner.up)), 1).dataSync<'float32'>();
    places.forEach((place, row) => (ofWeights[place] = dots[row]!));
    const weights = tf.tensor2d(Float32Array.from(places, (place) => routing.weights[place]!), [places.length, 1]);
    const x = expertRows(input, width, places, perToken);
    const back = unitBackward(tf.mul(unweighted, weights), tf.mul(rows, weights), x, inner, unit, store);
    scatterAddRows(ofInput, width, tokensOf(places, perToken), readView(back));
  }
  const logits = tf.tensor2d(routeBackward(routing, ofWeights), [tokens, experts.length]);
  store.addLinear(router, normed, logits);
  return tf.add(tf.tensor2d(ofInput, [tokens, width]), inputGradient(router, logits));
}
