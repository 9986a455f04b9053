/**
 * What the host does with all weights or gradients of a step, in place. By JavaScript, or where it is loaded by the native library (`infra/engine/native-library`): to the same bits, but for sums, whose order is another. Nothing can
 * go wrong; arrays are as long as they must be.
 */
import { nativeLibrary, type NativeLibrary } from '../backend/native-library.ts';

export interface HostArrays {
  /** The sum of the squares, in float64, added to `sum`. */
  addSquares(sum: number, values: Float32Array): number;
  /** target += values. */
  add(target: Float32Array, values: Float32Array): void;
  /** In one go: sums[c] += sum over rows of gradient[r, c] * weight[r, c], and gradient[r, c] *= scale[c]. */
  unfold(gradient: Float32Array, weight: Float32Array, scale: Float32Array, sums: Float64Array): void;
  /** @returns sum of the squares of the changes */
  adamW(weight: Float32Array, gradient: Float32Array, first: Float32Array, second: Float32Array, step: AdamWStep): number;
}

export interface AdamWStep {
  /** Of the gradient. */
  readonly scale: number;
  readonly beta1: number;
  readonly beta2: number;
  /** Over the first moment's correction. */
  readonly rate: number;
  /** What decay leaves of a weight. */
  readonly keep: number;
  /** 1 / sqrt of the second moment's correction: a product in place of a quotient. */
  readonly secondCorrection: number;
  readonly epsilon: number;
}

export function hostArrays(): HostArrays {
  const library = nativeLibrary();
  return library === null ? plainArrays : nativeArrays(library);
}

export function nativeArrays(library: NativeLibrary): HostArrays {
  return {
    addSquares: (sum, values) => sum + library.squares(values),
    add: (target, values) => library.add(target, values),
    unfold: (gradient, weight, scale, sums) => library.unfold(gradient, weight, scale, sums),
    adamW: (weight, gradient, first, second, { scale, beta1, beta2, rate, keep, secondCorrection, epsilon }) =>
      library.adamW(weight, gradient, first, second, Float64Array.of(scale, beta1, beta2, rate, keep, secondCorrection, epsilon)),
  };
}

export const plainArrays: HostArrays = {
  /** By index, as an iterator takes three times as long, and in two sums that need not wait for each other. */
  addSquares(sum, values) {
    let [even, odd] = [sum, 0];
    const pairs = values.length - (values.length % 2);
    for (let i = 0; i < pairs; i += 2) {
      even += values[i]! * values[i]!;
      odd += values[i + 1]! * values[i + 1]!;
    }
    return even + odd + (pairs < values.length ? values[pairs]! ** 2 : 0);
  },

  add(target, values) {
    for (let i = 0; i < target.length; i++) target[i]! += values[i]!;
  },

  unfold(gradient, weight, scale, sums) {
    const columns = scale.length;
    for (let row = 0; row < gradient.length; row += columns) {
      for (let column = 0; column < columns; column++) {
        const value = gradient[row + column]!;
        sums[column]! += value * weight[row + column]!;
        gradient[row + column] = value * scale[column]!;
      }
    }
  },

  adamW(weight, gradient, first, second, { scale, beta1, beta2, rate, keep, secondCorrection, epsilon }) {
    let squares = 0;
    for (let i = 0; i < weight.length; i++) {
      const g = gradient[i]! * scale;
      const m = beta1 * first[i]! + (1 - beta1) * g;
      const v = beta2 * second[i]! + (1 - beta2) * g * g;
      first[i] = m;
      second[i] = v;
      const before = weight[i]!;
      const after = Math.fround(before * keep - (rate * m) / (Math.sqrt(v) * secondCorrection + epsilon));
      weight[i] = after;
      const change = after - before;
      squares += change * change;
    }
    return squares;
  },
};
