import assert from 'node:assert/strict';
import { test } from 'node:test';
import { groupProblems, type LoggedGroup } from '../../../infra/cli/verify/group-problems.ts';

const masks: LoggedGroup = { id: 'g', role: 'mask', solved: [1, 3, null, 0], attempts: [4, 4, 0, 4], rewards: [0.75, 0.25, 0, 0], advantages: [], dropReason: null };
const deviation = Math.sqrt(((0.75 - 0.25) ** 2 + 0 + 0.25 ** 2 + 0.25 ** 2) / 3);
const whole: LoggedGroup = { ...masks, advantages: [0.5 / deviation, 0, -0.25 / deviation, -0.25 / deviation] };

test('rewards, fate and advantages that follow from the counts are in order', () => {
  assert.deepEqual(groupProblems(whole), []);
  assert.deepEqual(groupProblems({ id: 'p', role: 'predict', solved: [1, 1], attempts: [1, 1], rewards: [1, 1], advantages: [0, 0], dropReason: 'all-one' }), []);
});

test('each that does not follow is told', () => {
  assert.deepEqual(groupProblems({ ...whole, rewards: [0.75, 0.25, 0, 1] }), ['g: the rewards are not those of its counts']);
  assert.deepEqual(groupProblems({ ...whole, advantages: [1, 0, 0, 0] }), ['g: the advantages are not those of its rewards']);
  assert.match(groupProblems({ ...whole, dropReason: 'all-zero' })[0]!, /it was all-zero, and should be kept/);
});
