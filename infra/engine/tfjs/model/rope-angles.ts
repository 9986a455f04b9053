/** Cosines and sines of a pack's tokens on the device, one angle for two of a head's values. In: a table, the tokens' positions. Out: tensors that the caller disposes. Wrong: OUT_OF_MEMORY. */
import * as tf from '@tensorflow/tfjs-core';
import type { RopeTable } from './rope-table.ts';
import { gatherRows } from './rows.ts';

/** [T, D / 2] each. */
export interface RopeAngles {
  readonly cosines: tf.Tensor2D;
  readonly sines: tf.Tensor2D;
}

export function openAngles(rope: RopeTable, positions: Int32Array): RopeAngles {
  const { half } = rope;
  const { cosines, sines } = rope.upTo(positions.reduce((largest, position) => Math.max(largest, position), 0) + 1);
  const placed = (values: Float32Array): tf.Tensor2D => tf.keep(tf.tensor2d(gatherRows(values, half, positions), [positions.length, half]));
  return { cosines: placed(cosines), sines: placed(sines) };
}

export function disposeAngles({ cosines, sines }: RopeAngles): void {
  tf.dispose([cosines, sines]);
}
