/** The kernels against the same arithmetic in float64. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { blockTokens, scoreFloats } from '../../../../../../infra/engine/tfjs/sampling/kernels/attend.ts';
import { panelColumns } from '../../../../../../infra/engine/tfjs/sampling/kernels/multiply.ts';
import { openKernels } from '../../../../../../infra/engine/tfjs/sampling/kernels/open-kernels.ts';
import { wasm } from '../../../../../../infra/engine/tfjs/sampling/kernels/web-assembly.ts';

const memory = new wasm.Memory({ initial: 64, maximum: 65536, shared: true });
const kernels = openKernels(memory);
const floats = new Float32Array(memory.buffer);
const words = new Uint32Array(memory.buffer);
let used = 1024;

/** Address of a copy, or of that many zeros. */
function place(values: readonly number[] | number): number {
  const address = 4 * used;
  const length = typeof values === 'number' ? values : values.length;
  floats.fill(0, used, used + length + 16);
  if (typeof values !== 'number') floats.set(values, used);
  used += (length + 31) & ~15;
  return address;
}
const read = (address: number, length: number): number[] => [...floats.subarray(address / 4, address / 4 + length)];
const value = (i: number, seed: number): number => Math.fround(Math.sin(1 + i * 1.7 + seed * 31.3) * 2);
const values = (length: number, seed: number): number[] => Array.from({ length }, (_, i) => value(i, seed));
const near = (actual: number, expected: number, tolerance = 2e-6): void => assert.ok(Math.abs(actual - expected) <= tolerance * Math.max(1, Math.abs(expected)), `${actual} is not ${expected}`);
const small = (max: number): fc.Arbitrary<number> => fc.integer({ min: 1, max });
const check = <T extends [unknown, ...unknown[]]>(property: (...args: T) => void, ...arbitraries: { [K in keyof T]: fc.Arbitrary<T[K]> }): void => {
  const run = (args: T): void => {
    used = 1024;
    property(...args);
  };
  fc.assert(fc.property(fc.tuple<T>(...arbitraries), run), { numRuns: 60 });
};

describe('multiplying by panels', () => {
  for (const kernel of ['multiply', 'multiplyAdd'] as const) {
    test(`${kernel} is the product, and a row is the same to the bit alone`, () => {
      check(
        (rows, inputs, panels) => {
          const columns = panels * panelColumns;
          const [x, w] = [values(rows * inputs, 1), values(inputs * columns, 2)];
          const [atX, atW, atY, atAlone] = [place(x), place(w), place(values(rows * columns, 3)), place(values(rows * columns, 3))];
          kernels[kernel](atX, 4 * inputs, rows, inputs, atW, panels, atY, 4 * columns);
          for (let row = 0; row < rows; row++) kernels[kernel](atX + 4 * row * inputs, 4 * inputs, 1, inputs, atW, panels, atAlone + 4 * row * columns, 4 * columns);
          const y = read(atY, rows * columns);
          assert.deepEqual(read(atAlone, rows * columns), y);
          for (let row = 0; row < rows; row++) {
            for (let column = 0; column < columns; column++) {
              let expected = kernel === 'multiply' ? 0 : value(row * columns + column, 3);
              for (let k = 0; k < inputs; k++) expected += x[row * inputs + k]! * w[(Math.floor(column / panelColumns) * inputs + k) * panelColumns + (column % panelColumns)]!;
              near(y[row * columns + column]!, expected, 1e-5);
            }
          }
        },
        small(11),
        small(20),
        small(5),
      );
    });
  }
});

describe('the kernels of rows', () => {
  test('rmsNorm divides by the root of the mean square', () => {
    check(
      (rows, width) => {
        const stride = (width + 7) & ~7;
        const x = Array.from({ length: rows * stride }, (_, i) => (i % stride < width ? value(i, 4) : 0));
        const y = place(rows * stride);
        kernels.rmsNorm(place(x), rows, 4 * stride, width, 1e-5, y);
        for (let row = 0; row < rows; row++) {
          const values = x.slice(row * stride, row * stride + width);
          const root = Math.sqrt(values.reduce((sum, v) => sum + v * v, 0) / width + 1e-5);
          values.forEach((v, i) => near(read(y, rows * stride)[row * stride + i]!, v / root));
        }
      },
      small(3),
      small(30),
    );
  });

  test('swiGlu gates', () => {
    for (const scale of [1, 20, 60]) {
      const [gate, up] = [values(24, 5).map((v) => v * scale), values(24, 6)];
      const activated = place(24);
      kernels.swiGlu(place([...gate, ...up]), 1, 4 * 48, 4 * 24, 24, activated, 0);
      read(activated, 24).forEach((a, i) => near(a, (Math.fround(gate[i]!) * up[i]!) / (1 + Math.exp(-gate[i]!))));
    }
  });

  test('weigh and invert draw from the softmax', () => {
    check(
      (count, temperature) => {
        const logits = values(count, 7).map((v) => Math.fround(4 * v));
        const [at, weights] = [place(logits), place(count + 8)];
        const total = kernels.weigh(at, count, temperature, weights);
        const largest = Math.max(...logits);
        const expected = logits.map((logit) => Math.exp((logit - largest) / temperature));
        near(total, expected.reduce((a, b) => a + b));
        read(at, count).forEach((shifted, i) => near(shifted, (logits[i]! - largest) / temperature));
        read(weights, count).forEach((weight, i) => near(weight, expected[i]!));
        const drawn = kernels.invert(weights, count, 0.4 * total);
        const before = read(weights, drawn).reduce((a, b) => a + b, 0);
        assert.ok(before <= 0.4 * total && before + read(weights, count)[drawn]! > 0.4 * total);
        assert.equal(kernels.invert(weights, count, 2 * total), -1);
      },
      small(40),
      fc.constantFrom(1, 0.5, 2),
    );
  });

  test('weigh leaves what is not a number visible', () => {
    for (const wrong of [NaN, Infinity]) assert.ok(Number.isNaN(kernels.weigh(place([1, 2, 3, wrong, 5]), 5, 1, place(8))));
  });
});

describe('attending over segments', () => {
  const attend = (lengths: readonly number[], queryCount: number, headDim: number, seenFrom: number, spread = 1): number[] => {
    used = 1024;
    const length = lengths.reduce((a, b) => a + b);
    const blocks = lengths.map(() => place(2 * headDim * blockTokens));
    let position = 0;
    lengths.forEach((count, b) => {
      for (let t = 0; t < count; t++, position++) {
        for (let i = 0; i < headDim; i++) {
          floats[blocks[b]! / 4 + i * blockTokens + t] = value(position * headDim + i, 8);
          floats[blocks[b]! / 4 + (headDim + 0) * blockTokens + t * headDim + i] = value(position * headDim + i, 9);
        }
      }
    });
    const segments = place(2 * lengths.length);
    lengths.forEach((count, b) => words.set([blocks[b]!, count], segments / 4 + 2 * b));
    const out = place(queryCount * headDim);
    const queries = values(queryCount * headDim, 10).map((v) => v * spread);
    kernels.attend(place(queries), queryCount, segments, 0, 4 * headDim * blockTokens, length, seenFrom, place(scoreFloats(length)), out, headDim);
    return read(out, queryCount * headDim);
  };

  test('is softmax(q K) V within the window', () => {
    check(
      (length, queryCount, quarterHead, window) => {
        const headDim = 4 * quarterHead;
        const seenFrom = Math.max(0, length - window);
        const lengths = Array.from({ length: Math.ceil(length / blockTokens) }, (_, b) => Math.min(blockTokens, length - b * blockTokens));
        const out = attend(lengths, queryCount, headDim, seenFrom);
        for (let q = 0; q < queryCount; q++) {
          const scores = Array.from({ length: length - seenFrom }, (_, t) => {
            let score = 0;
            for (let i = 0; i < headDim; i++) score += value(q * headDim + i, 10) * value((seenFrom + t) * headDim + i, 8);
            return score;
          });
          const largest = Math.max(...scores);
          const weights = scores.map((score) => Math.exp(score - largest));
          const sum = weights.reduce((a, b) => a + b);
          for (let i = 0; i < headDim; i++) {
            const expected = weights.reduce((mixed, weight, t) => mixed + (weight / sum) * value((seenFrom + t) * headDim + i, 9), 0);
            near(out[q * headDim + i]!, expected, 2e-5);
          }
        }
      },
      small(50),
      small(5),
      small(9),
      small(60),
    );
  });

  test('gives the same bits however a sequence is cut into segments', () => {
    const cuts = fc.array(small(blockTokens), { minLength: 1, maxLength: 6 });
    check(
      (lengths, window) => {
        const length = lengths.reduce((a, b) => a + b);
        const whole = Array.from({ length: Math.ceil(length / blockTokens) }, (_, b) => Math.min(blockTokens, length - b * blockTokens));
        const seenFrom = Math.max(0, length - window);
        assert.deepEqual(attend(lengths, 3, 8, seenFrom), attend(whole, 3, 8, seenFrom));
      },
      cuts,
      small(60),
    );
  });
});
