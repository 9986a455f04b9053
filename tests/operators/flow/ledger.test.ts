import assert from 'node:assert/strict';
import { test } from 'node:test';
import { closeLedger, isBalanced, requireBalanced } from '../../../operators/flow/ledger.ts';
import type { ScoredGroups } from '../../../schemas/records/edges.ts';
import type { MaskRollout } from '../../../schemas/records/mask-rollout.ts';
import type { PredictionRollout } from '../../../schemas/records/prediction-rollout.ts';
import type { DropReason, ScoredGroup } from '../../../schemas/records/scored-group.ts';
import { stubParagraph } from '../../stub-paragraph-source.ts';

const place = { step: 1, slot: 0, paragraphId: '000001/00' };
const sampled = { ...place, index: 0, seed: 1, policyVersion: 0, promptTemplate: 'short@1', promptTokens: [1], responseTokens: [2], finishReason: 'stop', responseText: '', answer: null, answerStart: null, answerEnd: null, value: null } as const;
const mask = (id: string, logprob = -1): MaskRollout => ({ ...sampled, id, logprobs: [logprob], rejection: 'no-mask', occurrences: null, constraint: null });
const prediction = (id: string, logprob = -1): PredictionRollout => ({ ...sampled, id, logprobs: [logprob], passageId: 'p', maskIndex: 0, rejection: 'no-box', correct: false });
const group = (role: 'mask' | 'predict', rolloutIds: string[], dropReason: DropReason | null = null): ScoredGroup => ({
  ...place,
  id: `g${rolloutIds.join()}`,
  role,
  maskIndex: null,
  rolloutIds,
  solved: [],
  attempts: [],
  rewards: [],
  advantages: [],
  kept: dropReason === null,
  dropReason,
  rewardVersion: 'r@1',
});
const message = (parts: Pick<ScoredGroups, 'maskRollouts' | 'predictions' | 'groups'>): ScoredGroups => ({
  paragraph: { id: '000001/00', step: 1, slot: 0, cohortFirstSlot: 0, cohortSize: 1, ...stubParagraph(0, 'text'), tokenEntropies: null },
  passages: [],
  ...parts,
});

test('each rollout is trained, dropped for its group’s reason, or dead-lettered for its own, and never two of these', () => {
  const paragraph = message({
    maskRollouts: [mask('m0'), mask('m1')],
    predictions: [prediction('a0'), prediction('a1'), prediction('b0'), prediction('b1'), prediction('c0', Number.NaN)],
    groups: [group('mask', ['m0', 'm1']), group('predict', ['a0', 'a1'], 'all-one'), group('predict', ['b0', 'b1'])],
  });
  assert.deepEqual(closeLedger([paragraph], new Map([['b1', 'NOT_A_NUMBER'], ['a1', 'NOT_A_NUMBER']])), [
    { role: 'mask', admitted: 2, trained: 2, dropped: [], deadLettered: [] },
    { role: 'predict', admitted: 5, trained: 1, dropped: [{ reason: 'all-one', count: 2 }], deadLettered: [{ reason: 'NOT_A_NUMBER', count: 2 }] },
  ]);
});

test('a rollout in no group that is a number is missing, and named', () => {
  const paragraph = message({ maskRollouts: [mask('m0'), mask('m1')], predictions: [], groups: [group('mask', ['m0'])] });
  assert.throws(() => closeLedger([paragraph], new Map()), { code: 'LEDGER_UNBALANCED', message: /neither in a group nor a dead letter \(m1\)/ });
});

test('a rollout in two groups, sampled twice, or in a group without having been sampled is named', () => {
  const close = (maskRollouts: MaskRollout[], groups: ScoredGroup[]) => () => closeLedger([message({ maskRollouts, predictions: [], groups })], new Map());
  assert.throws(close([mask('m0')], [group('mask', ['m0']), group('mask', ['m0'])]), /stands in two groups \(m0\)/);
  assert.throws(close([mask('m0'), mask('m0')], [group('mask', ['m0'])]), /came twice \(m0\)/);
  assert.throws(close([mask('m0')], [group('mask', ['m0', 'm1'])]), /not sampled \(m1\)/);
});

test('a line that does not add up stops the run', () => {
  const line = { role: 'mask', admitted: 4, trained: 2, dropped: [{ reason: 'all-zero', count: 1 }], deadLettered: [] } as const;
  assert.equal(isBalanced(line), false);
  assert.throws(() => requireBalanced(3, [line]), { code: 'LEDGER_UNBALANCED', message: /step 3/ });
  requireBalanced(3, [{ ...line, trained: 3 }]);
});
