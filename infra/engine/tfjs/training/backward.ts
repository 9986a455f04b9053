/**
 * The backward pass over a pack, from the gradient with regard to the logits' inputs to every weight. In: what `forward` kept, and
 * the gradient with regard to its output. Out: gradients added to the store. Wrong: OUT_OF_MEMORY.
 */
import * as tf from '@tensorflow/tfjs-core';
import { readView } from '../backend/read-view.ts';
import { scope } from '../backend/scope.ts';
import { disposeActivations, type ForwardResult, type LayerActivations } from '../model/forward.ts';
import type { PackedBatch } from '../model/packed-batch.ts';
import type { PolicyModel } from '../model/policy-model.ts';
import type { LayerWeights } from '../model/policy-weights.ts';
import { inputGradient } from '../model/products.ts';
import { rmsNormBackward } from '../model/rms-norm.ts';
import { scatterAddRows } from '../model/rows.ts';
import { feedForwardBackward } from './feed-forward-gradient.ts';
import type { Gradients } from './gradients.ts';

/** @param outputGradient [outputs, width], with regard to `result.output.values`; stays the caller's */
export function backward({ weights }: PolicyModel, batch: PackedBatch, result: ForwardResult, outputGradient: tf.Tensor2D, store: Gradients): void {
  let gradient = scope(() => tf.keep(rmsNormBackward(outputGradient, result.output)));
  for (let index = weights.layers.length - 1; index >= 0; index--) {
    const pass = { batch, store, layer: weights.layers[index]!, isLast: index === weights.layers.length - 1 };
    const activations = result.layers[index]!.take();
    const next = layerBackward(gradient, activations, pass);
    disposeActivations(activations);
    gradient.dispose();
    gradient = next;
  }
  store.addEmbedding(batch.tokens, readView(gradient));
  gradient.dispose();
}

interface LayerPass {
  readonly batch: PackedBatch;
  readonly store: Gradients;
  readonly layer: LayerWeights;
  readonly isLast: boolean;
}

function layerBackward(gradient: tf.Tensor2D, kept: LayerActivations, pass: LayerPass): tf.Tensor2D {
  return scope(() => {
    const normed = feedForwardBackward(gradient, kept.middle.values, kept.feedForward, pass.layer.feedForward, pass.store);
    const middleGradient = tf.add<tf.Tensor2D>(gradient, rmsNormBackward(normed, kept.middle));
    return tf.keep(attentionBackward(middleGradient, kept, pass));
  });
}

function attentionBackward(gradient: tf.Tensor2D, { attended, input }: LayerActivations, { batch, layer, store, isLast }: LayerPass): tf.Tensor2D {
  store.addLinear(layer.output, attended.rows, gradient);
  const { projection, biases, queryNorm, keyNorm } = attended.backward(inputGradient(layer.output, gradient));
  if (biases !== null) addBiases(store, layer, biases);
  if (queryNorm !== null) store.addDirect(layer.names.queryNorm, queryNorm);
  if (keyNorm !== null) store.addDirect(layer.names.keyNorm, keyNorm);
  store.addLinear(layer.qkv, input.values, projection);
  const residual = isLast ? spread(gradient, batch) : gradient;
  return tf.add(residual, rmsNormBackward(inputGradient(layer.qkv, projection), input));
}

function addBiases(store: Gradients, { names, qkv }: LayerWeights, sums: Float64Array | Float32Array): void {
  let done = 0;
  for (const [i, name] of [names.query, names.key, names.value].entries()) {
    const { outputs } = qkv.parts[i]!;
    store.addDirect(`${name}.bias`, sums.subarray(done, done + outputs));
    done += outputs;
  }
}

/** Gradients of output rows, as rows of the whole pack. */
function spread(x: tf.Tensor2D, { tokens, outputRows }: PackedBatch): tf.Tensor2D {
  const columns = x.shape[1];
  const target = new Float32Array(tokens.length * columns);
  scatterAddRows(target, columns, outputRows, readView(x));
  return tf.tensor2d(target, [tokens.length, columns]);
}
