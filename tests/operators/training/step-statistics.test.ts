import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { stepStatistics } from '../../../operators/training/step-statistics.ts';
import { sampleParagraph } from '../../sample-paragraph.ts';
import { scoreSample } from '../rewards/sample-scores.ts';

describe('stepStatistics', () => {
  test('averages rewards, lengths and shares over the whole step', () => {
    const first = scoreSample([[1, 0, 0, 0], null], { tokens: 4 }).scored;
    const second = scoreSample([[1, 1, 1, 1], [0, 0, 0, 0]], { tokens: 2, paragraph: sampleParagraph({ slot: 1 }) }).scored;
    assert.deepEqual(stepStatistics([first, second]), {
      paragraphs: 2,
      oldestPolicyVersion: 0,
      responseTokens: 2 * 4 + 4 * 4, // the first paragraph's masks, and its one mixed prediction group
      maskRewardMean: 0.75 / 4,
      predictionRewardMean: 5 / 12,
      predictionRewardError: 1 / 9, // 1 of 4 and 4 of 8 right: residuals -2/3 and 2/3, over 12, times sqrt(2)
      usableMaskShare: 3 / 4,
      distinctMasksPerHundred: 100 / 3, // all masks read "x"
      truncatedMaskShare: 0,
      truncatedPredictionShare: 0,
      maskResponseTokensMean: 3,
      predictionResponseTokensMean: (4 * 4 + 8 * 2) / 12,
      sampledTokens: 2 * 4 + 4 * 4 + 2 * 2 + 8 * 2,
      criticExplainedVariance: null,
    });
  });

  test('truncated responses are counted apart for each role', () => {
    const { scored } = scoreSample([[1, 0], [1, 0]]);
    const cut = { ...scored, predictions: scored.predictions.map((prediction, i) => (i === 0 ? { ...prediction, finishReason: 'length' as const } : prediction)) };
    const { truncatedMaskShare, truncatedPredictionShare } = stepStatistics([cut]);
    assert.deepEqual([truncatedMaskShare, truncatedPredictionShare], [0, 0.25]);
  });

  test('the oldest policy version is the least that sampled anything', () => {
    const newer = scoreSample([[1, 0]], { paragraph: sampleParagraph({ step: 5 }) }).scored;
    const older = scoreSample([[1, 0]], { paragraph: sampleParagraph({ step: 4 }) }).scored;
    assert.equal(stepStatistics([newer, older]).oldestPolicyVersion, 3);
  });

  test('what was not sampled is null, never NaN', () => {
    const { scored } = scoreSample([]);
    const statistics = stepStatistics([scored]);
    assert.equal(Object.values(statistics).some(Number.isNaN), false);
    assert.deepEqual([statistics.maskRewardMean, statistics.usableMaskShare, statistics.distinctMasksPerHundred, statistics.oldestPolicyVersion], [null, null, null, null]);
    assert.deepEqual([statistics.paragraphs, statistics.sampledTokens], [1, 0]);
  });
});
