import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { CopyingRule } from '../../../operators/ports/copying-rule.ts';
import { CopyingRules } from '../../../operators/rollouts/copying/copying-rules.ts';
import { countStepTokens, toTrainingGroups } from '../../../operators/training/to-training-groups.ts';
import { baseConfig } from '../../base-config.ts';
import { sampleParagraph } from '../../sample-paragraph.ts';
import { scoreSample } from '../rewards/sample-scores.ts';

const unruled = () => () => null;

describe('toTrainingGroups', () => {
  test('concatenates both roles: kept groups in order, each response with its advantage', () => {
    const { scored } = scoreSample([[1, 0, 0, 0], [1, 1, 1, 1]]);
    const groups = toTrainingGroups([scored], unruled);
    assert.deepEqual(
      groups.map((group) => group.responses.map((response) => response.id)),
      [
        ['000001/00/mask/0', '000001/00/mask/1'],
        ['000001/00/predict/0/0', '000001/00/predict/0/1', '000001/00/predict/0/2', '000001/00/predict/0/3'],
      ],
    );
    assert.deepEqual(groups[1]!.responses.map((response) => response.advantage), [1.5, -0.5, -0.5, -0.5]);
    assert.deepEqual(groups[1]!.promptTokens, scored.predictions[0]!.promptTokens);
    assert.deepEqual(groups[1]!.responses[0]!.logprobs, scored.predictions[0]!.logprobs);
  });

  test('a response at advantage 0 is not computed, but its tokens stay in the denominator', () => {
    const { scored } = scoreSample([[1, 1, 0, 0], [1, 0, 0, 0], [1, 1, 1, 0]], { tokens: 5 }); // masks: 0.5, 0.75, 0.25
    const [masks] = toTrainingGroups([scored], unruled);
    assert.deepEqual(masks!.responses.map((response) => response.id), ['000001/00/mask/1', '000001/00/mask/2']);
    assert.equal(countStepTokens([scored]), (3 + 12) * 5);
  });

  test('a critic learns from all responses of a kept group, those at advantage 0 too', () => {
    const { scored } = scoreSample([[1, 1], [1, 0]], { config: baseConfig({ grpo: { baseline: 'critic' } }), values: [0.25, 1, 0.5] });
    const groups = toTrainingGroups([scored], unruled);
    assert.deepEqual(groups.map(({ responses }) => responses.map(({ reward, advantage }) => [reward, advantage])), [[[0, -0.25], [0.5, 0.25]], [[1, 0], [1, 0]], [[1, 0.5], [0, -0.5]]]);
    assert.ok(toTrainingGroups([scoreSample([[1, 0]]).scored], unruled).every(({ responses }) => responses.every((response) => !('reward' in response))));
  });

  test('dropped groups are in neither, nor are rollouts that were dead-lettered', () => {
    const { scored } = scoreSample([[0, 0], [1, 1]], { tokens: 5 });
    assert.deepEqual([toTrainingGroups([scored], unruled), countStepTokens([scored])], [[], 0]);
    const lost = scoreSample([[1, 0, 0]], { tokens: 5, nan: ['000001/00/predict/0/2'] }).scored;
    assert.deepEqual(toTrainingGroups([lost], unruled).flatMap((group) => group.responses.map((response) => response.id)), ['000001/00/predict/0/0', '000001/00/predict/0/1']);
    assert.equal(countStepTokens([lost]), 10);
  });

  test('a mask that could only copy says by token what could have come; the others of its group may say anything', () => {
    const { scored } = scoreSample([[1, 0, 0, 0], [1, 1, 0, 0], [1, 1, 1, 0]]);
    const last = { ...scored, maskRollouts: scored.maskRollouts.map((mask, index) => ({ ...mask, constraint: index === 2 ? ('names' as const) : null })) };
    const rule: CopyingRule = new CopyingRules(Array.from({ length: 256 }, (_, byte) => Uint8Array.of(byte))).namesOf('The Loire', true);
    const [masks, predictions] = toTrainingGroups([last], () => (constraint) => (constraint === 'names' ? rule : null));
    assert.deepEqual(masks!.responses.map(({ id, allowed }) => [id, allowed?.[0]]), [['000001/00/mask/0', undefined], ['000001/00/mask/2', ['\\'.charCodeAt(0)]]]);
    assert.ok(predictions!.responses.every((response) => !('allowed' in response)));
  });

  test('paragraphs come in the order given', () => {
    const messages = [0, 1].map((slot) => scoreSample([[1, 0]], { paragraph: sampleParagraph({ slot }) }).scored);
    assert.deepEqual(toTrainingGroups(messages, unruled).map((group) => group.responses[0]!.id), ['000001/00/predict/0/0', '000001/01/predict/0/0']);
  });

  test('a group that names a rollout the message lacks is an error', () => {
    const { scored } = scoreSample([[1, 0]]);
    assert.throws(() => toTrainingGroups([{ ...scored, predictions: [] }], unruled), /000001\/00\/predict\/0\/0/);
  });
});
