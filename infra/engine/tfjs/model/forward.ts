/**
 * The forward pass over a pack. In: the model and a packed batch. Out: the normed hidden states of its output rows, on the device; and
 * what a backward pass needs, where asked. Wrong: OUT_OF_MEMORY. Every tensor in the result belongs to the caller (`disposeForward`).
 *
 * From the attention of the last layer on, only output rows are computed: nobody asks for the others.
 */
import * as tf from '@tensorflow/tfjs-core';
import { readView } from '../backend/read-view.ts';
import { scope } from '../backend/scope.ts';
import { disposeFeedForward, feedForward, feedForwardOutput, keepFeedForward, type FeedForwardKept } from './feed-forward-block.ts';
import { openAttention } from './open-attention.ts';
import type { Attended, PackAttention } from './pack-attention.ts';
import type { PackedBatch } from './packed-batch.ts';
import type { PolicyModel } from './policy-model.ts';
import type { PolicyWeights } from './policy-weights.ts';
import { disposeNormed, keepNormed, rmsNorm, type Normed } from './rms-norm.ts';
import { gatherRows } from './rows.ts';

/** What the backward pass of one layer needs. Rows after the attention are the output rows in the last layer, else all. */
export interface LayerActivations {
  readonly input: Normed;
  readonly attended: Attended;
  readonly middle: Normed;
  readonly feedForward: FeedForwardKept;
}

/** One layer's, for its backward pass. */
export interface KeptLayer {
  /** Belong to the caller: `disposeActivations`. Once. */
  take(): LayerActivations;
  /** What was not taken. */
  dispose(): void;
}

/** `inputs` keeps of each layer its input alone, from which the rest is computed again. */
export type Keep = 'nothing' | 'inputs' | 'activations';

export interface ForwardResult {
  /** [outputs, width]; the final norm's weight is folded into the head. */
  readonly output: Normed;
  /** By layer; empty where nothing is kept. */
  readonly layers: readonly KeptLayer[];
  readonly attention: PackAttention;
}

export function forward(model: PolicyModel, batch: PackedBatch, keep: Keep): ForwardResult {
  const { weights } = model;
  const attention = openAttention(model, batch);
  const layers: KeptLayer[] = [];
  let x = embed(weights, batch.tokens);
  for (let index = 0; index < weights.layers.length; index++) {
    const { output, kept } = layerForward(x, { weights, batch, attention, index }, keep);
    if (kept !== null) layers.push(kept);
    if (keep !== 'inputs') x.dispose();
    x = output;
  }
  const output = scope(() => keepNormed(rmsNorm(x, weights.config.rmsNormEps)));
  x.dispose();
  return { output, layers, attention };
}

export function disposeForward({ output, layers, attention }: ForwardResult): void {
  disposeNormed(output);
  attention.dispose();
  for (const layer of layers) layer.dispose();
}

export function disposeActivations({ input, attended, middle, feedForward: inner }: LayerActivations): void {
  disposeNormed(input);
  attended.dispose();
  disposeNormed(middle);
  disposeFeedForward(inner);
}

interface LayerPass {
  readonly weights: PolicyWeights;
  readonly batch: PackedBatch;
  readonly attention: PackAttention;
  readonly index: number;
}

function layerForward(x: tf.Tensor2D, pass: LayerPass, keep: Keep): { readonly output: tf.Tensor2D; readonly kept: KeptLayer | null } {
  return scope(() => {
    const { activations, residual } = activate(x, pass);
    const output = tf.keep(tf.add<tf.Tensor2D>(residual, feedForwardOutput(activations.feedForward, pass.weights.layers[pass.index]!.feedForward)));
    if (keep === 'activations') return { output, kept: keptLayer(keepActivations(activations)) };
    return { output, kept: keep === 'inputs' ? recomputedLayer(x, pass) : null };
  });
}

/** All of a layer but its last products. @returns also what they are added to */
function activate(x: tf.Tensor2D, { weights: { layers, config }, batch, attention, index }: LayerPass): { activations: LayerActivations; residual: tf.Tensor2D } {
  const layer = layers[index]!;
  const input = rmsNorm(x, config.rmsNormEps);
  const attended = attention.attend(index, layer, tf.matMul(input.values, layer.qkv.forward));
  const rows = index === config.layers - 1 ? gatherTensorRows(x, batch.outputRows) : x;
  const residual = tf.add<tf.Tensor2D>(rows, tf.matMul(attended.rows, layer.output.forward));
  const middle = rmsNorm(residual, config.rmsNormEps);
  return { activations: { input, attended, middle, feedForward: feedForward(middle.values, layer.feedForward) }, residual };
}

function keepActivations(activations: LayerActivations): LayerActivations {
  keepNormed(activations.input);
  activations.attended.keep();
  keepNormed(activations.middle);
  keepFeedForward(activations.feedForward);
  return activations;
}

function keptLayer(activations: LayerActivations): KeptLayer {
  let isTaken = false;
  return {
    take: () => {
      isTaken = true;
      return activations;
    },
    dispose: () => {
      if (!isTaken) disposeActivations(activations);
    },
  };
}

function recomputedLayer(x: tf.Tensor2D, pass: LayerPass): KeptLayer {
  return { take: () => scope(() => keepActivations(activate(x, pass).activations)), dispose: () => x.dispose() };
}

function embed({ embedding, config: { width } }: PolicyWeights, tokens: Int32Array): tf.Tensor2D {
  return tf.keep(tf.tensor2d(gatherRows(embedding, width, tokens), [tokens.length, width]));
}

function gatherTensorRows(x: tf.Tensor2D, rows: Int32Array): tf.Tensor2D {
  const columns = x.shape[1];
  return tf.tensor2d(gatherRows(readView(x), columns, rows), [rows.length, columns]);
}
