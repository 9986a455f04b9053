import assert from 'node:assert/strict';

/** The same values, numbers within 1e-4, absolutely below 1 and relatively above. */
export function assertNear(actual: unknown, expected: unknown, path = ''): void {
  if (typeof actual === 'number' && typeof expected === 'number') {
    const off = Math.abs(actual - expected);
    assert(off <= 1e-4 * Math.max(1, Math.abs(expected)), `${path} is ${actual}, not ${expected}`);
  } else if (typeof actual === 'object' && actual !== null && typeof expected === 'object' && expected !== null) {
    assert.deepEqual(Object.keys(actual), Object.keys(expected), path);
    for (const [key, value] of Object.entries(actual)) assertNear(value, (expected as Record<string, unknown>)[key], `${path}.${key}`);
  } else {
    assert.equal(actual, expected, path);
  }
}
