import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { lastValueFrom, of } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { scoreGroups } from '../../../operators/rewards/score-groups.ts';
import type { PredictionGroups, ScoredGroups } from '../../../schemas/records/edges.ts';
import { baseConfig } from '../../base-config.ts';
import { sampleScores, scoreSample } from './sample-scores.ts';

const close = (actual: readonly number[], expected: readonly number[]) =>
  actual.forEach((value, i) => assert.ok(Math.abs(value - expected[i]!) < 1e-12, `${actual.join()} is not ${expected.join()}`));

describe('scoreGroups', () => {
  test('scores the masks by how often each was solved, and each mask its predictions', () => {
    const { scored } = scoreSample([[1, 0, 0, 0], null, [1, 1, 1, 0]]);
    assert.deepEqual(scored.groups.map((group) => group.id), ['000001/00/mask', '000001/00/predict/0', '000001/00/predict/2']);
    const [masks, first, second] = scored.groups;
    assert.deepEqual([masks!.solved, masks!.attempts], [[1, null, 3], [4, 0, 4]]);
    assert.deepEqual(masks!.rewards, [0.75, 0, 0.25]);
    close(masks!.advantages, [(0.75 - 1 / 3) / Math.sqrt(7 / 48), -1 / 3 / Math.sqrt(7 / 48), (0.25 - 1 / 3) / Math.sqrt(7 / 48)]);
    assert.deepEqual(first!.rewards, [1, 0, 0, 0]);
    close(first!.advantages, [1.5, -0.5, -0.5, -0.5]);
    close(second!.advantages, [0.5, 0.5, 0.5, -1.5]);
    assert.deepEqual(scored.groups.map((group) => group.kept), [true, true, true]);
    assert.deepEqual(scored.groups.map((group) => group.rewardVersion), ['difficulty@1', 'exact-match@1', 'exact-match@1']);
  });

  test('dropped groups say why and have advantages 0', () => {
    const { scored } = scoreSample([[0, 0], [1, 1]]);
    assert.deepEqual(scored.groups.map((group) => group.dropReason), ['all-zero', 'all-zero', 'all-one']);
    assert.ok(scored.groups.every((group) => !group.kept && group.advantages.every((advantage) => advantage === 0)));
  });

  test('with a critic an advantage is what the reward is above its value, and rewards that are all alike carry signal', () => {
    const config = baseConfig({ grpo: { baseline: 'critic' } });
    const { scored } = scoreSample([[0, 0], [1, 1], [1, 0]], { config, values: [0.25, 0.5, 0.75, 1.5] });
    assert.deepEqual(scored.groups.map(({ advantages }) => advantages), [[-0.25, -0.25, 0.25], [-0.5, -0.5], [0.25, 0.25], [-0.5, -1.5]]);
    assert.ok(scored.groups.every(({ kept, dropReason }) => kept && dropReason === null));
    let refused: unknown;
    of(sampleScores([[1, 0]])).pipe(scoreGroups({ config, deadLetters: () => undefined })).subscribe({ error: (error: unknown) => (refused = error) });
    assert.match(String(refused), /a rollout has no value of the critic, and grpo\.baseline is critic/);
  });

  test('with a critic, too, a group of which no rollout is left is dropped', () => {
    const nan = ['000001/00/predict/0/0', '000001/00/predict/0/1'];
    const { scored } = scoreSample([[1, 0], [1, 0]], { config: baseConfig({ grpo: { baseline: 'critic' } }), values: [0.5, 0.5, 0.5], nan });
    assert.deepEqual(scored.groups.map(({ dropReason, rolloutIds }) => [dropReason, rolloutIds.length]), [[null, 2], ['all-zero', 0], [null, 2]]);
  });

  test('equally hard masks are dropped, their predictions kept', () => {
    const { scored } = scoreSample([[1, 0], [0, 1]]);
    assert.deepEqual(scored.groups.map((group) => group.dropReason), ['all-equal', null, null]);
  });

  test('where spans were drawn there is no generation group', () => {
    const message: PredictionGroups = { ...sampleScores([[1, 0]]), maskRollouts: [] };
    scoreGroups({ config: baseConfig(), deadLetters: () => undefined })(of(message)).subscribe((scored) => {
      assert.deepEqual(scored.groups.map((group) => group.role), ['predict']);
    });
  });

  test('a NaN stops at its own sample: dead-lettered, out of the statistics, the rest as if it had not been', () => {
    const { scored, letters } = scoreSample([[1, 0, 0, 0, 1], [1, 1, 1, 0]], { nan: ['000001/00/predict/0/4'] });
    const without = scoreSample([[1, 0, 0, 0], [1, 1, 1, 0]]).scored;
    assert.deepEqual(scored.groups, without.groups);
    assert.equal(scored.predictions.length, 9);
    assert.deepEqual(letters.map(({ code, role, recordId, file }) => [code, role, recordId, file]), [
      ['NOT_A_NUMBER', 'predict', '000001/00/predict/0/4', 'rivers.jsonl'],
    ]);
  });

  test('a mask with a NaN is left out, its predictions are not', () => {
    const { scored, letters } = scoreSample([[1, 0], [1, 1], [0, 0]], { nan: ['000001/00/mask/0'] });
    assert.deepEqual(scored.groups[0]!.rolloutIds, ['000001/00/mask/1', '000001/00/mask/2']);
    assert.equal(scored.groups[1]!.kept, true);
    assert.deepEqual(letters.map((letter) => letter.role), ['mask']);
  });

  test('a mask all of whose predictions are lost pays nothing and cannot divide by 0', () => {
    const { scored } = scoreSample([[1, 1], [1, 0]], { nan: ['000001/00/predict/0/0', '000001/00/predict/0/1'] });
    assert.deepEqual([scored.groups[0]!.solved, scored.groups[0]!.rewards], [[null, 1], [0, 0.5]]);
    assert.deepEqual([scored.groups[1]!.rolloutIds, scored.groups[1]!.dropReason], [[], 'all-zero']);
  });

  test('messages come out one by one, with all that they brought', () => {
    new TestScheduler((actual, expected) => assert.deepEqual(actual, expected)).run(({ cold, expectObservable }) => {
      const a = sampleScores([[1, 0]]);
      const x: ScoredGroups = scoreSample([[1, 0]]).scored;
      expectObservable(cold('-a-a|', { a }).pipe(scoreGroups({ config: baseConfig(), deadLetters: () => undefined }))).toBe('-x-x|', { x });
      assert.deepEqual({ ...a, groups: x.groups }, x);
    });
  });

  test('a paragraph without masks has no groups', async () => {
    const empty: PredictionGroups = { ...sampleScores([]), maskRollouts: [] };
    const scored = await lastValueFrom(of(empty).pipe(scoreGroups({ config: baseConfig(), deadLetters: () => undefined })));
    assert.deepEqual(scored.groups, []);
  });
});
