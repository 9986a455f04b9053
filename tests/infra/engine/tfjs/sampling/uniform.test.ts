import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { uniform } from '../../../../../infra/engine/tfjs/sampling/uniform.ts';

describe('the uniform numbers of samples', () => {
  test('are functions of seed and index', () => {
    assert.equal(uniform(5, 7), uniform(5, 7));
    assert.notEqual(uniform(5, 7), uniform(5, 8));
    assert.notEqual(uniform(5, 7), uniform(6, 7));
  });

  test('are spread evenly over [0, 1), over seeds as over indices', () => {
    for (const draw of [(i: number) => uniform(i, 0), (i: number) => uniform(0, i)]) {
      const counts = new Array<number>(16).fill(0);
      for (let i = 0; i < 16_000; i++) counts[Math.floor(16 * draw(i))]! += 1;
      for (const count of counts) assert.ok(Math.abs(count - 1000) < 5 * Math.sqrt(1000), counts.join());
    }
  });
});
