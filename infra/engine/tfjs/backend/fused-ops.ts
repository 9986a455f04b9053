/**
 * Operations of our own on the native CPU backend (`infra/engine/native-library`), each in place of many of TensorFlow's; `npm run setup:native` compiles them. Without them, and on other
 * backends, the same is made of TensorFlow's. In and out: tensors on the device, float32 but for tables. Wrong: OUT_OF_MEMORY.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { RopeAngles } from '../model/rope-angles.ts';
import { nativeLibrary } from './native-library.ts';

export interface FusedTiles {
  /** [tiles, 8], int32: first query, queries, first output row, first range, ranges, keys, first element of its mask or -1, tree. */
  readonly tiles: tf.Tensor2D;
  /** [ranges, 2], int32: first row of the pack, rows. */
  readonly ranges: tf.Tensor2D;
  /** Of all tiles, one after the other. */
  readonly masks: tf.Tensor1D;
}

export interface HeadCounts {
  readonly heads: number;
  readonly kvHeads: number;
}

/** Null where the backend that is set has none. */
export function fusedOps(): FusedOps | null {
  return nativeLibrary() !== null && tf.getBackend() === 'tensorflow' ? new FusedOps(tf.backend() as NodeBackend) : null;
}

/** What is used of the package's backend. */
interface NodeBackend extends tf.KernelBackend {
  readonly binding: { readonly TF_ATTR_FLOAT: number; readonly TF_ATTR_INT: number; readonly TF_ATTR_BOOL: number };
  executeMultipleOutputs(name: string, attributes: readonly Attribute[], inputs: readonly tf.Tensor[], outputs: number): tf.Tensor[];
}

interface Attribute {
  readonly name: string;
  readonly type: number;
  readonly value: number | boolean;
}

export class FusedOps {
  readonly #backend: NodeBackend;

  constructor(backend: NodeBackend) {
    this.#backend = backend;
  }

  /** @returns y, and 1 / sqrt(mean(x^2) + eps) with a last axis of 1 */
  rmsNorm<T extends tf.Tensor>(x: T, eps: number): [T, T] {
    return this.#run('RmsNorm', [this.#float('eps', eps)], [x], 2) as [T, T];
  }

  rmsNormBackward<T extends tf.Tensor>(gradient: T, values: T, inverse: T): T {
    return this.#run('RmsNormGradient', [], [gradient, values, inverse], 1)[0] as T;
  }

  swiGlu(gate: tf.Tensor2D, up: tf.Tensor2D): tf.Tensor2D {
    return this.#run('SwiGlu', [], [gate, up], 1)[0] as tf.Tensor2D;
  }

  /** @returns with regard to gate and up, and what `swiGlu` gives */
  swiGluBackward(gradient: tf.Tensor2D, gate: tf.Tensor2D, up: tf.Tensor2D): [tf.Tensor2D, tf.Tensor2D, tf.Tensor2D] {
    return this.#run('SwiGluGradient', [], [gradient, gate, up], 3) as [tf.Tensor2D, tf.Tensor2D, tf.Tensor2D];
  }

  /** @param x [T, H + 2K, D]: queries are turned and scaled by 1 / sqrt(D), keys turned @param isBack the gradient of it */
  rotate(x: tf.Tensor3D, { cosines, sines }: RopeAngles, { heads, kvHeads }: HeadCounts, isBack: boolean): tf.Tensor3D {
    const { TF_ATTR_BOOL: type } = this.#backend.binding;
    const attributes = [this.#int('queries', heads), this.#int('keys', kvHeads), this.#float('scale', 1 / Math.sqrt(x.shape[2])), { name: 'back', type, value: isBack }];
    return this.#run('Rotate', attributes, [x, cosines, sines], 1)[0] as tf.Tensor3D;
  }

  /** @param all [T, H + 2K, D] @returns [rows, H * D], and log sum exp of the scores, [H, rows] */
  attend(all: tf.Tensor3D, { tiles, ranges, masks }: FusedTiles, counts: HeadCounts): [tf.Tensor2D, tf.Tensor2D] {
    return this.#run('Attention', this.#counts(counts), [all, tiles, ranges, masks], 2) as [tf.Tensor2D, tf.Tensor2D];
  }

  /** @param gradient with regard to `output` @returns with regard to `all` */
  attendBackward(all: tf.Tensor3D, { tiles, ranges, masks }: FusedTiles, output: tf.Tensor2D, logSums: tf.Tensor2D, gradient: tf.Tensor2D, counts: HeadCounts): tf.Tensor3D {
    return this.#run('AttentionGradient', this.#counts(counts), [all, tiles, ranges, masks, output, logSums, gradient], 1)[0] as tf.Tensor3D;
  }

  /** @param logits [rows, vocabulary] @returns probabilities; by row log sum exp and entropy, nats, not finite where a logit is not */
  tokenDistribution(logits: tf.Tensor2D): [tf.Tensor2D, tf.Tensor1D, tf.Tensor1D] {
    return this.#run('TokenDistribution', [], [logits], 3) as [tf.Tensor2D, tf.Tensor1D, tf.Tensor1D];
  }

  #run(name: string, attributes: readonly Attribute[], inputs: readonly tf.Tensor[], outputs: number): tf.Tensor[] {
    return this.#backend.executeMultipleOutputs(`Pretrainzero${name}`, attributes, inputs, outputs);
  }

  #counts({ heads, kvHeads }: HeadCounts): Attribute[] {
    return [this.#int('heads', heads), this.#int('key_heads', kvHeads)];
  }

  #int(name: string, value: number): Attribute {
    return { name, type: this.#backend.binding.TF_ATTR_INT, value };
  }

  #float(name: string, value: number): Attribute {
    return { name, type: this.#backend.binding.TF_ATTR_FLOAT, value };
  }
}
