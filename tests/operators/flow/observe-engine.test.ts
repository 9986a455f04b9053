import assert from 'node:assert/strict';
import { test } from 'node:test';
import { observeEngine } from '../../../operators/flow/observe-engine.ts';
import { createStopwatch } from '../../../operators/flow/stopwatch.ts';
import type { Engine } from '../../../operators/ports/engine.ts';
import { createStubEngine } from '../../stub-engine.ts';

const request = { groups: [{ promptTokens: [5, 6], seeds: [1, 2] }, { promptTokens: [7], seeds: [3] }], maxNewTokens: 8, temperature: 1, stopTokens: [2] };

test('sampling is told as rollouts done of rollouts asked, with the tokens so far, and the result is the engine’s', async () => {
  const inner = createStubEngine();
  const stepwise: Engine = {
    ...inner,
    generate: (asked, progress) => {
      progress?.(10, 3);
      progress?.(4, 1);
      return inner.generate(asked);
    },
  };
  const told: number[][] = [];
  const own: number[][] = [];
  const engine = observeEngine(stepwise, createStopwatch({ now: () => 0, wallTime: () => 0 }), (...progress) => told.push(progress));
  const result = await engine.generate(request, (...progress) => own.push(progress));
  assert.deepEqual(told, [[0, 3, 10], [2, 3, 14]]);
  assert.deepEqual(own, [[10, 3], [4, 1]], 'the caller’s own progress goes on');
  assert.deepEqual(result, await createStubEngine().generate(request));
});

test('each call is timed to its phase', async () => {
  let nowMs = 0;
  const watch = createStopwatch({ now: () => nowMs, wallTime: () => 0 });
  const observed = observeEngine(createStubEngine({ before: () => void (nowMs += 10) }), watch, () => undefined);
  await observed.generate(request);
  await observed.entropies([{ promptTokens: [5], tokens: [6] }]);
  await observed.accumulate({ groups: [], loss: { kind: 'cross-entropy' }, stepTokens: 1 });
  await observed.step({ learningRate: 1, gradientClip: 1 });
  const { generateMs, trainMs } = watch.lap(1);
  assert.deepEqual([generateMs, trainMs], [20, 20]);
});
