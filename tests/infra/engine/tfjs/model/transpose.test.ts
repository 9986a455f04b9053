import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { transpose, transposeInto } from '../../../../../infra/engine/tfjs/model/transpose.ts';

describe('transposition on the host', () => {
  test('moves element (i, j) to (j, i), scaled by column', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 80 }), fc.integer({ min: 1, max: 40 }), fc.boolean(), (rows, columns, isScaled) => {
        const source = Float32Array.from({ length: rows * columns }, (_, i) => i);
        const scale = isScaled ? Float32Array.from({ length: columns }, (_, j) => j + 2) : null;
        const target = transpose(source, rows, columns, scale);
        for (let i = 0; i < rows; i++) {
          for (let j = 0; j < columns; j++) assert.equal(target[j * rows + i], source[i * columns + j]! * (scale === null ? 1 : scale[j]!));
        }
      }),
    );
  });

  test('into a larger matrix touches nothing else', () => {
    const target = new Float32Array(2 * 5).fill(-1);
    transposeInto(target, 1, 5, Float32Array.of(1, 2, 3, 4, 5, 6), 3, 2);
    assert.deepEqual([...target], [-1, 1, 3, 5, -1, -1, 2, 4, 6, -1]);
  });
});
