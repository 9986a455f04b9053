/**
 * The backward pass over a pack, from the gradient with regard to the logits' inputs to every weight. In: what `forward` kept, and
 * the gradient with regard to its output. Out: gradients added to the store. Wrong: OUT_OF_MEMORY.
 */
import * as tf from '@tensorflow/tfjs-core';
import { readView } from '../backend/read-view.ts';
import { scope } from '../backend/scope.ts';
import { attendBackward } from '../model/attention-gradient.ts';
import type { ForwardResult, LayerActivations } from '../model/forward.ts';
import { mergeHeadGradients } from '../model/head-gradients.ts';
import type { PackedBatch } from '../model/packed-batch.ts';
import type { LayerWeights, PolicyWeights } from '../model/policy-weights.ts';
import { rmsNormBackward } from '../model/rms-norm.ts';
import type { RopeTable } from '../model/rope-table.ts';
import { scatterAddRows } from '../model/rows.ts';
import { feedForwardBackward } from './feed-forward-gradient.ts';
import type { Gradients } from './gradients.ts';

/** @param outputGradient [outputs, width], with regard to `result.output.values`; stays the caller's */
export function backward(
  weights: PolicyWeights,
  batch: PackedBatch,
  ropes: readonly RopeTable[],
  result: ForwardResult,
  outputGradient: tf.Tensor2D,
  store: Gradients,
): void {
  let gradient = scope(() => tf.keep(rmsNormBackward(outputGradient, result.output)));
  for (let index = weights.layers.length - 1; index >= 0; index--) {
    const pass = { weights, batch, rope: ropes[index]!, store, layer: weights.layers[index]!, isLast: index === weights.layers.length - 1 };
    const next = layerBackward(gradient, result.activations[index]!, pass);
    gradient.dispose();
    gradient = next;
  }
  store.addEmbedding(batch.tokens, readView(gradient));
  gradient.dispose();
}

interface LayerPass {
  readonly weights: PolicyWeights;
  readonly batch: PackedBatch;
  readonly rope: RopeTable;
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

function attentionBackward(gradient: tf.Tensor2D, kept: LayerActivations, { weights, batch, rope, layer, store, isLast }: LayerPass): tf.Tensor2D {
  const { config } = weights;
  const { heads, tiles, attended, attendedRows, input } = kept;
  store.addLinear(layer.output, attendedRows, gradient);
  const rowsGradient = tf.matMul(gradient, layer.output.backward).dataSync<'float32'>();
  const attendedGradient = isLast ? spread(rowsGradient, batch, config.heads * config.headDim) : rowsGradient;
  const headGradients = attendBackward(heads, attended, attendedGradient, tiles, config);
  const { qkv, biases, queryNorm, keyNorm } = mergeHeadGradients(headGradients, heads, batch.positions, layer, config, rope);
  if (biases !== null) addBiases(store, layer, biases);
  if (queryNorm !== null) store.addDirect(layer.names.queryNorm, queryNorm);
  if (keyNorm !== null) store.addDirect(layer.names.keyNorm, keyNorm);
  const projectedGradient = tf.tensor2d(qkv, [batch.tokens.length, layer.qkv.outputs]);
  store.addLinear(layer.qkv, input.values, projectedGradient);
  const inputGradient = rmsNormBackward(tf.matMul(projectedGradient, layer.qkv.backward), input);
  const residual = isLast ? spreadTensor(gradient, batch) : gradient;
  return tf.add(residual, inputGradient);
}

function addBiases(store: Gradients, { names, qkv }: LayerWeights, sums: Float64Array): void {
  let done = 0;
  for (const [i, name] of [names.query, names.key, names.value].entries()) {
    const { outputs } = qkv.parts[i]!;
    store.addDirect(`${name}.bias`, sums.subarray(done, done + outputs));
    done += outputs;
  }
}

/** Gradients of output rows, as rows of the whole pack. */
function spread(source: Float32Array, batch: PackedBatch, columns: number): Float32Array {
  const target = new Float32Array(batch.tokens.length * columns);
  scatterAddRows(target, columns, batch.outputRows, source);
  return target;
}

function spreadTensor(x: tf.Tensor2D, batch: PackedBatch): tf.Tensor2D {
  const columns = x.shape[1];
  return tf.tensor2d(spread(readView(x), batch, columns), [batch.tokens.length, columns]);
}
