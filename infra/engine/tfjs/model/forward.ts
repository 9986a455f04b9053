/**
 * The forward pass over a pack. In: weights and a packed batch. Out: the normed hidden states of its output rows, on the device; and
 * what a backward pass needs, where asked. Wrong: OUT_OF_MEMORY. Every tensor in the result belongs to the caller (`disposeForward`).
 *
 * From the attention of the last layer on, only output rows are computed: nobody asks for the others.
 */
import * as tf from '@tensorflow/tfjs-core';
import { readView } from '../backend/read-view.ts';
import { scope } from '../backend/scope.ts';
import type { ModelConfig } from '../../model-files/model-config.ts';
import { attend, disposeTiles, type DeviceTile } from './attention.ts';
import { swiGlu } from './feed-forward.ts';
import { splitHeads, type Heads } from './heads.ts';
import { layerTiles } from './layer-tiles.ts';
import type { PackedBatch } from './packed-batch.ts';
import type { LayerWeights, PolicyWeights } from './policy-weights.ts';
import { disposeNormed, keepNormed, rmsNorm, type Normed } from './rms-norm.ts';
import type { RopeTable } from './rope-table.ts';
import { gatherRows } from './rows.ts';

/** What the backward pass of one layer needs. Rows after the attention are the output rows in the last layer, else all. */
export interface LayerActivations {
  readonly input: Normed;
  readonly heads: Heads;
  readonly tiles: readonly DeviceTile[];
  /** Attention's output for all rows, [T, H * D]. */
  readonly attended: Float32Array;
  readonly attendedRows: tf.Tensor2D;
  readonly middle: Normed;
  readonly gate: tf.Tensor2D;
  readonly up: tf.Tensor2D;
}

export interface ForwardResult {
  /** [outputs, width]; the final norm's weight is folded into the head. */
  readonly output: Normed;
  /** Empty unless kept. */
  readonly activations: readonly LayerActivations[];
  readonly tiles: readonly DeviceTile[];
}

export interface ForwardOptions {
  readonly keepActivations: boolean;
  /** Sees the heads of each layer as they are made, for example to fill a key-value cache. */
  readonly onHeads?: (layer: number, heads: Heads) => void;
}

export function forward(weights: PolicyWeights, batch: PackedBatch, ropes: readonly RopeTable[], options: ForwardOptions): ForwardResult {
  const { config } = weights;
  const tiles = layerTiles(batch, config);
  const activations: LayerActivations[] = [];
  let x = embed(weights, batch.tokens);
  for (const [index, layer] of weights.layers.entries()) {
    const isLast = index === config.layers - 1;
    const pass = { batch, rope: ropes[index]!, config, layer, isLast, tiles: tiles[index]! };
    const done = layerForward(x, pass, options.keepActivations);
    x.dispose();
    x = done.x;
    options.onHeads?.(index, done.heads);
    if (done.activations !== null) activations.push(done.activations);
  }
  const output = scope(() => keepNormed(rmsNorm(x, config.rmsNormEps)));
  x.dispose();
  return { output, activations, tiles: [...new Set(tiles)].flat() };
}

export function disposeForward({ output, activations, tiles }: ForwardResult): void {
  disposeNormed(output);
  disposeTiles(tiles);
  for (const { input, attendedRows, middle, gate, up } of activations) {
    disposeNormed(input);
    disposeNormed(middle);
    tf.dispose([attendedRows, gate, up]);
  }
}

interface LayerPass {
  readonly batch: PackedBatch;
  readonly rope: RopeTable;
  readonly config: ModelConfig;
  readonly layer: LayerWeights;
  readonly isLast: boolean;
  readonly tiles: readonly DeviceTile[];
}

function layerForward(x: tf.Tensor2D, pass: LayerPass, keepActivations: boolean): { x: tf.Tensor2D; heads: Heads; activations: LayerActivations | null } {
  const { batch, config, layer, isLast, tiles } = pass;
  return scope(() => {
    const input = rmsNorm(x, config.rmsNormEps);
    const heads = splitHeads(tf.matMul(input.values, layer.qkv.forward), batch.positions, layer, config, pass.rope);
    const attended = attend(heads, tiles, config);
    const width = config.heads * config.headDim;
    const rows = isLast ? gatherRows(attended, width, batch.outputRows) : attended;
    const attendedRows = tf.tensor2d(rows, [rows.length / width, width]);
    const residual = isLast ? gatherTensorRows(x, batch.outputRows) : x;
    const middleX = tf.add<tf.Tensor2D>(residual, tf.matMul(attendedRows, layer.output.forward));
    const middle = rmsNorm(middleX, config.rmsNormEps);
    const gate: tf.Tensor2D = tf.matMul(middle.values, layer.gate.forward);
    const up: tf.Tensor2D = tf.matMul(middle.values, layer.up.forward);
    const next = tf.keep(tf.add<tf.Tensor2D>(middleX, tf.matMul(swiGlu(gate, up), layer.down.forward)));
    if (!keepActivations) return { x: next, heads, activations: null };
    for (const tensor of [attendedRows, gate, up]) tf.keep(tensor);
    return { x: next, heads, activations: { input: keepNormed(input), heads, tiles, attended, attendedRows, middle: keepNormed(middle), gate, up } };
  });
}

function embed({ embedding, config: { width } }: PolicyWeights, tokens: Int32Array): tf.Tensor2D {
  return tf.keep(tf.tensor2d(gatherRows(embedding, width, tokens), [tokens.length, width]));
}

function gatherTensorRows(x: tf.Tensor2D, rows: Int32Array): tf.Tensor2D {
  const columns = x.shape[1];
  return tf.tensor2d(gatherRows(readView(x), columns, rows), [rows.length, columns]);
}
