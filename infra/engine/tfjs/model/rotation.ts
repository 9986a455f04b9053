/**
 * The rotary embedding of all heads of a pack in one go, on the device. In: tokens' positions, [T, heads, D] of queries, keys and values. Out: the same, queries turned and scaled,
 * keys turned, values as they are. Wrong: OUT_OF_MEMORY.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { ModelConfig } from '../../model-files/model-config.ts';
import type { RopeTable } from './rope-table.ts';

/** With x' the halves of x changed round: y = x * cosines + x' * sines, element by element. [T, H + 2K, D] each. */
export interface Rotation {
  readonly cosines: tf.Tensor3D;
  readonly sines: tf.Tensor3D;
}

export function openRotation(rope: RopeTable, positions: Int32Array, { heads, kvHeads, headDim }: ModelConfig): Rotation {
  const { half } = rope;
  const all = heads + 2 * kvHeads;
  const { cosines, sines } = rope.upTo(positions.reduce((largest, position) => Math.max(largest, position), 0) + 1);
  const ofCosines = new Float32Array(positions.length * all * headDim);
  const ofSines = new Float32Array(ofCosines.length);
  const scale = 1 / Math.sqrt(headDim);
  for (let token = 0, at = 0; token < positions.length; token++) {
    const angle = positions[token]! * half;
    for (let head = 0; head < all; head++, at += headDim) {
      if (head >= heads + kvHeads) {
        ofCosines.fill(1, at, at + headDim);
        continue;
      }
      const factor = head < heads ? scale : 1;
      for (let i = 0; i < half; i++) {
        ofCosines[at + i] = ofCosines[at + half + i] = factor * cosines[angle + i]!;
        ofSines[at + half + i] = factor * sines[angle + i]!;
        ofSines[at + i] = -ofSines[at + half + i]!;
      }
    }
  }
  const placed = (values: Float32Array): tf.Tensor3D => tf.keep(tf.tensor3d(values, [positions.length, all, headDim]));
  return { cosines: placed(ofCosines), sines: placed(ofSines) };
}

export function disposeRotation({ cosines, sines }: Rotation): void {
  tf.dispose([cosines, sines]);
}

export function rotate(x: tf.Tensor3D, { cosines, sines }: Rotation): tf.Tensor3D {
  return tf.add(tf.mul(x, cosines), tf.mul(changedRound(x), sines));
}

/** dx = dy * cosines + (dy * sines)' */
export function rotateBackward(gradient: tf.Tensor3D, { cosines, sines }: Rotation): tf.Tensor3D {
  return tf.add(tf.mul(gradient, cosines), changedRound(tf.mul(gradient, sines)));
}

/** The halves of each head, the second first. */
function changedRound(x: tf.Tensor3D): tf.Tensor3D {
  const [tokens, heads, headDim] = x.shape;
  return tf.reshape(tf.reverse(tf.reshape(x, [tokens * heads, 2, headDim / 2]), 1), x.shape);
}
