import assert from 'node:assert/strict';
import { test } from 'node:test';
import { curveOf } from '../../../operators/analysis/curve.ts';
import { measure } from '../../../operators/analysis/measure.ts';
import type { EvaluationSummary } from '../../../operators/evaluation/summarise-evaluation.ts';

test('a curve goes through the means of the seeds, place by place; a value that is missing is left out', () => {
  const curve = curveOf([
    [{ x: 0, y: 0.2 }, { x: 100, y: 0.4 }],
    [{ x: 0, y: 0.4 }, { x: 140, y: null }],
    [{ x: 0, y: 0.3 }, { x: 120, y: 0.6 }, { x: 300, y: 0.9 }],
  ]);
  assert.deepEqual(curve.map(({ x, y }) => [x, y.n, Number(y.mean.toFixed(9))]), [[0, 3, 0.3], [110, 2, 0.5], [300, 1, 0.9]]);
  assert.equal(curve[2]?.y.low, null);
  assert.deepEqual(curveOf([]), []);
});

const summary = (accuracies: Readonly<Record<string, number>>): EvaluationSummary => ({
  cloze: { items: 10, correct: 3, accuracy: 0.3, byClass: Object.entries(accuracies).map(([spanClass, accuracy]) => ({ spanClass, items: 5, correct: 1, accuracy })) },
  maskProbe: null,
});

test('the measure is the mean of the classes named, each as much as another; over all answers where none is', () => {
  assert.equal(measure(summary({ a: 0.2, b: 0.6, c: 1 }), ['a', 'b']), 0.4);
  assert.equal(measure(summary({ a: 0.2 }), null), 0.3);
});

test('a class that nobody asked about leaves no measure', () => {
  assert.equal(measure(summary({ a: 0.2 }), ['a', 'b']), null);
  assert.equal(measure({ cloze: null, maskProbe: null }, null), null);
});
