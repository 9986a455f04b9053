import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { route, routeBackward } from '../../../../../infra/engine/tfjs/model/router.ts';

const logitsOf = (tokens: number, experts: number): fc.Arbitrary<Float32Array> =>
  fc.array(fc.float({ min: -4, max: 4, noNaN: true }), { minLength: tokens * experts, maxLength: tokens * experts }).map((values) => Float32Array.from(values));

describe('the router', () => {
  test('gives each token its most probable experts, and each expert its tokens', () => {
    const { chosen, weights, places, probabilities } = route(Float32Array.of(0, 2, 1, 1, 3, 3), 3, { perToken: 2, normalised: false });
    assert.deepEqual([...chosen], [1, 2, 1, 2], 'of equals the first');
    assert.deepEqual(places.map((each) => [...each]), [[], [0, 2], [1, 3]]);
    assert.deepEqual([...weights], [probabilities[1], probabilities[2], probabilities[4], probabilities[5]]);
    assert.ok(Math.abs(probabilities[1]! - Math.exp(2) / (1 + Math.exp(2) + Math.E)) < 1e-7);
  });

  test('takes every place once, and weights that are normalised sum to one', () => {
    fc.assert(
      fc.property(logitsOf(6, 5), fc.integer({ min: 1, max: 5 }), (logits, perToken) => {
        const { weights, places, chosen } = route(logits, 5, { perToken, normalised: true });
        assert.deepEqual(places.flatMap((each) => [...each]).sort((a, b) => a - b), Array.from({ length: 6 * perToken }, (_, i) => i));
        places.forEach((each, expert) => each.forEach((place) => assert.equal(chosen[place], expert)));
        for (let token = 0; token < 6; token++) {
          const own = [...weights.subarray(token * perToken, (token + 1) * perToken)];
          assert.ok(Math.abs(own.reduce((sum, weight) => sum + weight, 0) - 1) < 1e-6);
          assert.deepEqual(own, own.toSorted((a, b) => b - a));
        }
      }),
    );
  });

  for (const normalised of [true, false]) {
    test(`has the gradients of finite differences: ${normalised ? 'normalised' : 'as they are'}`, () => {
      const logits = Float32Array.of(0.3, -0.8, 1.4, 0.9, -1.5, 0.2, 2.1, 0.6);
      const settings = { perToken: 2, normalised };
      const slopes = Float64Array.of(0.7, -1.1, 0.4, 0.9);
      const value = (at: Float32Array): number => route(at, 4, settings).weights.reduce((sum, weight, i) => sum + weight * slopes[i]!, 0);
      const gradient = routeBackward(route(logits, 4, settings), slopes);
      for (let i = 0; i < logits.length; i++) {
        const [up, down] = [0.01, -0.01].map((h) => logits.map((logit, j) => (j === i ? logit + h : logit)));
        assert.ok(Math.abs((value(up!) - value(down!)) / 0.02 - gradient[i]!) < 1e-4, `logit ${i}`);
      }
    });
  }

  test('lets what is not finite through to the weights', () => {
    const { chosen, weights } = route(Float32Array.of(NaN, 1, 2), 3, { perToken: 2, normalised: true });
    assert.equal(new Set(chosen).size, 2);
    assert.ok(weights.every(Number.isNaN));
  });
});
