import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { drawInt, drawTruncatedGeometric, seedOf, shuffleInPlace, uniforms } from '../../../operators/flow/seeds.ts';

describe('seeds', () => {
  test('a seed is a function of run seed and id, and a uint32', () => {
    fc.assert(
      fc.property(fc.nat(), fc.string(), (runSeed, id) => {
        const seed = seedOf(runSeed, id);
        assert.equal(seed, seedOf(runSeed, id));
        assert.ok(Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32);
      }),
    );
  });

  test('seeds stay the same from version to version, or logged runs could not be repeated', () => {
    assert.deepEqual([seedOf(0, ''), seedOf(0, '000001/00/mask/0'), seedOf(1, '000001/00/mask/0')], [2856213345, 377553354, 1472969790]);
    const draw = uniforms(42);
    assert.deepEqual([draw(), draw(), draw()].map((value) => Math.floor(value * 1e6)), [318089, 269658, 111607]);
  });

  test('neighbouring ids have unrelated seeds: a hundred thousand give about as few collisions as chance', () => {
    const seeds = new Set<number>();
    for (let step = 1; step <= 100; step++) {
      for (let slot = 0; slot < 10; slot++) for (let i = 0; i < 100; i++) seeds.add(seedOf(0, `${step}/${slot}/predict/${i}`));
    }
    assert.ok(seeds.size >= 100_000 - 8, `${seeds.size} of 100000 differ`); // chance: 1.2 collisions
  });

  test('every bit of the seeds of a run of ids is set half of the time', () => {
    const ids = Array.from({ length: 4096 }, (_, i) => seedOf(7, `000001/00/mask/${i}`));
    for (let bit = 0; bit < 32; bit++) {
      const share = ids.filter((seed) => (seed >>> bit) & 1).length / ids.length;
      assert.ok(Math.abs(share - 0.5) < 0.04, `bit ${bit}: ${share}`);
    }
  });

  test('uniform draws fill [0, 1) evenly, and neighbours in a stream are uncorrelated', () => {
    const draw = uniforms(1);
    const values = Array.from({ length: 20_000 }, draw);
    assert.ok(values.every((value) => value >= 0 && value < 1));
    for (let decile = 0; decile < 10; decile++) {
      const share = values.filter((value) => Math.floor(value * 10) === decile).length / values.length;
      assert.ok(Math.abs(share - 0.1) < 0.01, `decile ${decile}: ${share}`);
    }
    const products = values.slice(1).map((value, i) => (value - 0.5) * (values[i]! - 0.5));
    assert.ok(Math.abs(products.reduce((a, b) => a + b, 0) / products.length) < 0.002);
  });

  test('first draws of consecutive seeds are uniform too', () => {
    const firsts = Array.from({ length: 10_000 }, (_, seed) => uniforms(seed)());
    assert.ok(Math.abs(firsts.reduce((a, b) => a + b, 0) / firsts.length - 0.5) < 0.01);
  });

  test('an integer draw stays below its bound even for the largest uniform', () => {
    assert.equal(drawInt(() => 1 - 2 ** -53, 3), 2);
    assert.equal(drawInt(() => 0, 3), 0);
  });

  test('a shuffle keeps the items', () => {
    fc.assert(
      fc.property(fc.array(fc.nat()), fc.nat(), (items, seed) => {
        const shuffled = shuffleInPlace([...items], uniforms(seed));
        assert.deepEqual(shuffled.sort((a, b) => a - b), [...items].sort((a, b) => a - b));
      }),
    );
  });

  test('lengths follow the truncated geometric distribution: p = 0.2 up to 10 has mean 3.797 (SpanBERT says 3.8)', () => {
    const draw = uniforms(3);
    const lengths = Array.from({ length: 50_000 }, () => drawTruncatedGeometric(draw, 0.2, 10));
    const mean = lengths.reduce((a, b) => a + b, 0) / lengths.length;
    assert.ok(Math.abs(mean - 3.797) < 0.04, `mean ${mean}`);
    assert.deepEqual([Math.min(...lengths), Math.max(...lengths)], [1, 10]);
    const ones = lengths.filter((length) => length === 1).length / lengths.length;
    assert.ok(Math.abs(ones - 0.2 / (1 - 0.8 ** 10)) < 0.01, `share of ones ${ones}`);
    assert.equal(drawTruncatedGeometric(draw, 1, 10), 1);
  });
});
