import assert from 'node:assert/strict';
import { test } from 'node:test';
import { groupProblems as problemsUnder, type LoggedGroup } from '../../../infra/cli/verify/group-problems.ts';
import { scoringRules } from '../../../operators/rewards/scoring-rules.ts';
import { baseConfig } from '../../base-config.ts';

const paper = scoringRules(baseConfig());
const groupProblems = (group: LoggedGroup) => problemsUnder(group, paper);

const masks: LoggedGroup = { id: 'g', role: 'mask', rolloutIds: ['0', '1', '2', '3'], solved: [1, 3, null, 0], attempts: [4, 4, 0, 4], rewards: [0.75, 0.25, 0, 0], advantages: [], dropReason: null, value: null };
const deviation = Math.sqrt(((0.75 - 0.25) ** 2 + 0 + 0.25 ** 2 + 0.25 ** 2) / 3);
const whole: LoggedGroup = { ...masks, advantages: [0.5 / deviation, 0, -0.25 / deviation, -0.25 / deviation] };

test('rewards, fate and advantages that follow from the counts are in order', () => {
  assert.deepEqual(groupProblems(whole), []);
  assert.deepEqual(groupProblems({ id: 'p', role: 'predict', rolloutIds: ['0', '1'], solved: [1, 1], attempts: [1, 1], rewards: [1, 1], advantages: [0, 0], dropReason: 'all-one', value: null }), []);
});

test('each that does not follow is told', () => {
  assert.deepEqual(groupProblems({ ...whole, rewards: [0.75, 0.25, 0, 1] }), ['g: the rewards are not those of its counts']);
  assert.deepEqual(groupProblems({ ...whole, advantages: [1, 0, 0, 0] }), ['g: the advantages are not those of its rewards']);
  assert.match(groupProblems({ ...whole, dropReason: 'all-zero' })[0]!, /it was all-zero, and should be kept/);
});

test('under other rules other values are in order, and what asks after more than a group is taken as logged', () => {
  const of = (changes: Parameters<typeof baseConfig>[0]) => scoringRules(baseConfig(changes));
  assert.deepEqual(problemsUnder({ ...whole, advantages: [0.5, 0, -0.25, -0.25] }, of({ grpo: { formulation: 'dr-grpo' } })), []);
  assert.deepEqual(problemsUnder(whole, of({ grpo: { formulation: 'dr-grpo' } })), ['g: the advantages are not those of its rewards']);
  assert.deepEqual(problemsUnder(whole, of({ rewards: { generation: 'difficulty-without-zero' } })), ['g: the rewards are not those of its counts', 'g: the advantages are not those of its rewards']);
  assert.deepEqual(problemsUnder(whole, of({ rewards: { generation: 'progress' } })), []);
  const critic = of({ grpo: { baseline: 'critic' } });
  assert.deepEqual(problemsUnder({ ...whole, value: 0.25, advantages: [0.5, 0, -0.25, -0.25] }, critic), []);
  assert.deepEqual(problemsUnder({ ...whole, value: 0.5, advantages: [0.5, 0, -0.25, -0.25] }, critic), ['g: the advantages are not those of its rewards']);
  assert.deepEqual(problemsUnder(whole, critic), ['g: its rollouts have no value of the critic']);
  assert.deepEqual(problemsUnder({ ...whole, advantages: [9, 9, 9, 9] }, of({ grpo: { formulation: 'reinforce++' } })), []);
});
