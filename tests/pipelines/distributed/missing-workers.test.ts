import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MissingWorkers } from '../../../pipelines/distributed/missing-workers.ts';

const stage = 'predict-spans';
const counts = (members: number, own: number) => [{ stage, members, own }];

test('what is missing at first is started at once, one where nothing is said', () => {
  assert.deepEqual(new MissingWorkers({ [stage]: 3 }, 3).look(counts(1, 0)), [{ stage, count: 2 }]);
  assert.deepEqual(new MissingWorkers({}, 3).look(counts(0, 0)), [{ stage, count: 1 }]);
  assert.deepEqual(new MissingWorkers({ [stage]: 0 }, 3).look(counts(0, 0)), []);
  assert.deepEqual(new MissingWorkers({ [stage]: 1 }, 3).look(counts(2, 0)), []);
});

test('one that was dead already is started once its session is over, if nobody comes instead', () => {
  const missing = new MissingWorkers({ [stage]: 1 }, 3);
  assert.deepEqual([counts(1, 0), counts(0, 0), counts(0, 0)].map((each) => missing.look(each)), [[], [], []]);
  assert.deepEqual(missing.look(counts(0, 0)), [{ stage, count: 1 }]);
  assert.deepEqual([counts(0, 1), counts(0, 1), counts(0, 1), counts(1, 1)].map((each) => missing.look(each)), [[], [], [], []]);
});

test('a worker that is slow to join, and one that is away for a moment, are not made two', () => {
  const missing = new MissingWorkers({ [stage]: 2 }, 3);
  assert.deepEqual(missing.look(counts(1, 0)), [{ stage, count: 1 }]);
  for (const each of [counts(1, 1), counts(1, 1), counts(2, 1), counts(1, 1), counts(1, 1), counts(2, 1)]) assert.deepEqual(missing.look(each), []);
});
