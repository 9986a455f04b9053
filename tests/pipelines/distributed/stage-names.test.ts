import assert from 'node:assert/strict';
import { test } from 'node:test';
import { workerCounts, workerStage, workerStages } from '../../../pipelines/distributed/stage-names.ts';
import { pretrainZero } from '../../../pipelines/pretrain-zero.ts';

test('a run has one worker of each stage, or as many as are asked for', () => {
  assert.deepEqual(workerStages(pretrainZero), ['log', 'train', 'source', 'generate-masks', 'predict-spans', 'score-groups']);
  assert.deepEqual(workerCounts(pretrainZero, 'generate-masks=2, reward=0'), { log: 1, train: 1, source: 1, 'generate-masks': 2, 'predict-spans': 1, 'score-groups': 0 });
});

test('stages are called by their own names and by those of the command line', () => {
  assert.deepEqual(['reward', 'score-groups', 'update', 'train'].map((name) => workerStage(pretrainZero, name)), ['score-groups', 'score-groups', 'train', 'train']);
});

test('what there is not is refused with what there is', () => {
  assert.throws(() => workerStage(pretrainZero, 'draw-spans'), { code: 'USAGE', message: /its workers are log, train, source, generate-masks/ });
  assert.throws(() => workerCounts(pretrainZero, 'train=2'), { code: 'USAGE', message: /one worker train/ });
  assert.throws(() => workerCounts(pretrainZero, 'generate-masks'), { code: 'USAGE', message: /STAGE=COUNT/ });
});
