/** Operations of our own on the native backend, each against the same made of TensorFlow's. Where `npm run setup:native` has not been, this says so. */
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import * as tf from '@tensorflow/tfjs-core';
import { fusedOps, type FusedOps, type FusedTiles } from '../../../infra/engine/tfjs/backend/fused-ops.ts';
import { startNativeBackend } from '../../../infra/engine/tfjs/backend/native-backend.ts';
import { nativeLibrary } from '../../../infra/engine/tfjs/backend/native-library.ts';
import type { RopeAngles } from '../../../infra/engine/tfjs/model/rope-angles.ts';
import { nativeArrays, plainArrays, type AdamWStep } from '../../../infra/engine/tfjs/training/host-arrays.ts';
import { isAbsent } from './tested-backend.ts';

const skip = isAbsent('node');

describe('operations of our own', { skip }, () => {
  let ops: FusedOps;
  before(async () => {
    assert.equal(await startNativeBackend('node', 2), null);
    const found = fusedOps();
    assert(found !== null, 'the library of fused operations is not beside the binding: npm run setup:native');
    ops = found;
  });

  test('RMSNorm and its gradient', () => {
    const x = random<tf.Rank.R3>([5, 3, 24], 1);
    const plain = (input: tf.Tensor): tf.Tensor => tf.mul(input, tf.rsqrt(tf.add(tf.mean(tf.square(input), -1, true), 1e-5)));
    const [values, inverse] = ops.rmsNorm(x, 1e-5);
    assert.deepEqual(inverse.shape, [5, 3, 1]);
    assertClose(values, plain(x));
    const gradient = random<tf.Rank.R3>([5, 3, 24], 2);
    assertClose(ops.rmsNormBackward(gradient, values, inverse), tf.grad(plain)(x, gradient));
  });

  for (const rows of [3, 700]) {
    test(`SwiGLU of ${rows} rows and its gradients`, () => {
      const [gate, up, gradient] = [1, 2, 3].map((seed) => random<tf.Rank.R2>([rows, 37], seed)) as [tf.Tensor2D, tf.Tensor2D, tf.Tensor2D];
      const plain = (g: tf.Tensor, u: tf.Tensor): tf.Tensor => tf.mul(tf.mul(g, tf.sigmoid(g)), u);
      assertClose(ops.swiGlu(gate, up), plain(gate, up));
      const [ofGate, ofUp, activated] = ops.swiGluBackward(gradient, gate, up);
      const expected = tf.grads(plain)([gate, up], gradient);
      assertClose(ofGate, expected[0]!);
      assertClose(ofUp, expected[1]!);
      assertClose(activated, plain(gate, up));
    });
  }

  test('the rotary embedding, and its gradient', () => {
    const counts = { heads: 4, kvHeads: 2 };
    const [x, angles] = [random<tf.Rank.R3>([6, 8, 10], 1), random<tf.Rank.R2>([6, 5], 2)];
    const turn: RopeAngles = { cosines: tf.cos(angles), sines: tf.sin(angles) };
    const plain = (input: tf.Tensor): tf.Tensor => {
      const [low, high] = tf.split(input, 2, -1) as [tf.Tensor, tf.Tensor];
      const [cosines, sines] = [tf.expandDims(turn.cosines, 1), tf.expandDims(turn.sines, 1)];
      const turned = tf.concat([tf.sub(tf.mul(low, cosines), tf.mul(high, sines)), tf.add(tf.mul(high, cosines), tf.mul(low, sines))], -1);
      return tf.concat([tf.div(tf.slice(turned, [0, 0, 0], [6, 4, 10]), Math.sqrt(10)), tf.slice(turned, [0, 4, 0], [6, 2, 10]), tf.slice(input, [0, 6, 0])], 1);
    };
    assertClose(ops.rotate(x, turn, counts, false), plain(x));
    const gradient = random<tf.Rank.R3>([6, 8, 10], 3);
    assertClose(ops.rotate(gradient, turn, counts, true), tf.grad(plain)(x, gradient));
  });

  test('attention over tiles with several ranges of keys and queries that nobody asks for, and its gradient', () => {
    // Two trees: rows 0 to 4 are a prompt with two responses, of which only the second is asked for; rows 5 to 7 are a text.
    const rows = [3, 4, 5, 6, 7];
    const seen: Record<number, number[]> = { 3: [0, 1, 3], 4: [0, 1, 3, 4], 5: [5], 6: [5, 6], 7: [5, 6, 7] };
    const tiles: FusedTiles = {
      tiles: tf.tensor2d([[3, 2, 0, 0, 2, 4, 0, 0], [5, 2, 2, 2, 1, 2, 8, 1], [7, 1, 4, 3, 1, 3, -1, 1]], [3, 8], 'int32'),
      ranges: tf.tensor2d([[0, 2], [3, 2], [5, 2], [5, 3]], [4, 2], 'int32'),
      masks: tf.tensor1d([0, 0, 0, -1e30, 0, 0, 0, 0, 0, -1e30, 0, 0]),
    };
    const counts = { heads: 4, kvHeads: 2 };
    const all = random<tf.Rank.R3>([8, 8, 6], 1);
    const plain = (input: tf.Tensor): tf.Tensor => tf.concat(rows.map((row) => tf.concat(Array.from({ length: 4 }, (_, head) => attended(input, row, seen[row]!, head)), 1)), 0);
    const [output, logSums] = ops.attend(all, tiles, counts);
    assertClose(output, plain(all));
    assert.deepEqual(logSums.shape, [4, rows.length]);
    const gradient = random<tf.Rank.R2>([rows.length, 24], 2);
    assertClose(ops.attendBackward(all, tiles, output, logSums, gradient, counts), tf.grad(plain)(all, gradient));
  });

  test('a distribution over the vocabulary', () => {
    const logits = tf.mul<tf.Tensor2D>(random([7, 50], 1), 9);
    const [probabilities, logNormalisers, entropies] = ops.tokenDistribution(logits);
    const expected = tf.softmax(logits);
    assertClose(probabilities, expected);
    assertClose(logNormalisers, tf.logSumExp(logits, 1));
    assertClose(entropies, tf.neg(tf.sum(tf.mul(expected, tf.logSoftmax(logits)), 1)));
    const broken = ops.tokenDistribution(tf.tensor2d([[0, NaN, 1], [0, 1, 2], [Infinity, 0, 0]]));
    assert.deepEqual(Array.from(broken[1].dataSync(), Number.isFinite), [false, true, false]);
    assert.deepEqual(Array.from(broken[2].dataSync(), Number.isFinite), [false, true, false]);
  });

  test("the host's arrays: to the bit what JavaScript computes, sums to 1e-12", () => {
    const native = nativeArrays(nativeLibrary()!);
    const step: AdamWStep = { scale: 0.7, beta1: 0.9, beta2: 0.999, rate: 3e-3, keep: 0.99997, secondCorrection: 1.3, epsilon: 1e-8 };
    const inputs = [1, 2, 3, 4].map((seed) => Float32Array.from(random<tf.Rank.R1>([257 * 8], seed).dataSync()));
    const [ours, theirs] = [plainArrays, native].map((arrays) => {
      const [weight, gradient, first, second] = inputs.map((values) => values.slice()) as [Float32Array, Float32Array, Float32Array, Float32Array];
      second.forEach((value, i) => (second[i] = Math.abs(value)));
      const sums = new Float64Array(8);
      const changes = arrays.adamW(weight, gradient, first, second, step);
      arrays.unfold(gradient, weight, first.subarray(0, 8), sums);
      arrays.add(first, second);
      return { bits: [weight, gradient, first, second, sums], sums: [changes, arrays.addSquares(0.5, gradient)] };
    });
    assert.deepEqual(theirs!.bits, ours!.bits);
    theirs!.sums.forEach((sum, i) => assert(Math.abs(sum / ours!.sums[i]! - 1) < 1e-12));
    assert.throws(() => native.add(new Float32Array(3), new Float32Array(4)), /differ in length/u);
  });
});

/** What a row's query of one head gets, [1, D]: of 4 query heads two share a key head. */
function attended(all: tf.Tensor, row: number, keys: readonly number[], head: number): tf.Tensor {
  const rowsOf = (from: readonly number[], which: number): tf.Tensor2D => tf.reshape(tf.gather(tf.slice(all, [0, which, 0], [8, 1, 6]), [...from]), [from.length, 6]);
  const keyHead = 4 + Math.floor(head / 2);
  return tf.matMul(tf.softmax(tf.matMul(rowsOf([row], head), rowsOf(keys, keyHead), false, true)), rowsOf(keys, keyHead + 2));
}

function random<R extends tf.Rank>(shape: tf.ShapeMap[R], seed: number): tf.Tensor<R> {
  return tf.randomNormal(shape, 0, 1, 'float32', seed);
}

function assertClose(actual: tf.Tensor, expected: tf.Tensor): void {
  assert.deepEqual(actual.shape, expected.shape);
  const [a, b] = [actual.dataSync(), expected.dataSync()];
  a.forEach((value, i) => assert(Math.abs(value - b[i]!) <= 1e-5 * Math.max(1, Math.abs(b[i]!)), `element ${i} is ${value}, not ${b[i]}`));
}
