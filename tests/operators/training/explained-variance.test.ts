import assert from 'node:assert/strict';
import { test } from 'node:test';
import { explainedVariance } from '../../../operators/training/explained-variance.ts';
import { baseConfig } from '../../base-config.ts';
import { sampleParagraph } from '../../sample-paragraph.ts';
import { scoreSample, type SampleOutcomes } from '../rewards/sample-scores.ts';

const config = baseConfig({ grpo: { baseline: 'critic' } });
const scored = (outcomes: SampleOutcomes, values: readonly number[], slot = 0) => scoreSample(outcomes, { config, values, paragraph: sampleParagraph({ slot }) }).scored;

test('a critic that foretells each reward explains all of their variance, over paragraphs and roles', () => {
  assert.equal(explainedVariance([scored([[0, 0], [0, 0]], [0, 0, 0]), scored([[1, 1]], [0, 1], 1)]), 1);
});

test('one that says the same of all explains none, one that says the reverse less', () => {
  assert.equal(explainedVariance([scored([[0, 0], [1, 1]], [0.5, 0.5, 0.5])]), 0);
  assert.equal(explainedVariance([scored([[0, 0], [1, 1]], [1, 1, 0])]), -3);
});

test('what differs within a group nobody can foretell', () => {
  const share = explainedVariance([scored([[1, 0], [1, 1]], [0.25, 0.5, 1])])!;
  const [between, within] = [7 / 12, 5 / 8]; // sums of squares: of the groups' means 0.25, 0.5 and 1 about 7 / 12, of the rewards 0.5 and 0, 1 and 0, 1 and 1 about their group's mean
  assert.ok(Math.abs(share - between / (between + within)) < 1e-12, String(share));
});

test('without values, or of rewards that are all equal, it is null', () => {
  assert.equal(explainedVariance([scoreSample([[1, 0]]).scored]), null);
  assert.equal(explainedVariance([scored([[0, 0]], [0.5, 0.5])]), null);
  assert.equal(explainedVariance([]), null);
});
