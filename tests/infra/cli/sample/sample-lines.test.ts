import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inkOf } from '../../../../infra/cli/ink.ts';
import { sampleLines, type SampleView } from '../../../../infra/cli/sample/sample-lines.ts';
import type { ParagraphSample } from '../../../../infra/sample-log/read-samples.ts';

const common = { paragraphId: '000012/03', step: 12, slot: 3, seed: 1, policyVersion: 11, promptTemplate: 'short@1', finishReason: 'stop' } as const;
const text = 'Tungsten is a metal. Its name is Swedish; tungsten means heavy stone.';

const sample: ParagraphSample = {
  paragraph: {
    id: '000012/03',
    step: 12,
    slot: 3,
    cohortFirstSlot: 0,
    cohortSize: 8,
    text,
    tokenCount: 20,
    title: 'Tungsten',
    sections: ['Name'],
    file: 'sample.xml.bz2',
    pageId: '74',
    byteOffset: 100,
    paragraphIndex: 1,
    ordinal: 5,
    tokenEntropies: null,
    epoch: 0,
  },
  maskRollouts: [
    { ...common, id: '000012/03/mask/0', index: 0, responseText: 'A name is hard. \\mask{Swedish}', answer: 'Swedish', answerStart: 22, answerEnd: 29, value: null, rejection: null, occurrences: 1 , constraint: null},
    { ...common, id: '000012/03/mask/1', index: 1, responseText: ' \\mask{gold}', answer: 'gold', answerStart: 7, answerEnd: 11, value: null, rejection: 'not-in-paragraph', occurrences: 0 , constraint: null},
    { ...common, id: '000012/03/mask/2', index: 2, responseText: 'heavy heavy heavy', answer: null, answerStart: null, answerEnd: null, value: null, rejection: 'no-mask', occurrences: null, constraint: null, finishReason: 'length' },
  ],
  passages: [
    { id: '000012/03/passage/0', paragraphId: '000012/03', step: 12, slot: 3, maskIndex: 0, maskRolloutId: '000012/03/mask/0', maskText: 'Swedish', spanStarts: [33], text: text.replace('Swedish', '[mask]') },
  ],
  predictions: [
    { ...common, id: '000012/03/predict/0/0', index: 0, passageId: '000012/03/passage/0', maskIndex: 0, responseText: '\\boxed{Swedish}', answer: 'Swedish', answerStart: 7, answerEnd: 14, value: null, rejection: null, correct: true },
    { ...common, id: '000012/03/predict/0/1', index: 1, passageId: '000012/03/passage/0', maskIndex: 0, responseText: 'Perhaps\n\\boxed{Swedish\u200b}', answer: 'Swedish\u200b', answerStart: 15, answerEnd: 23, value: null, rejection: null, correct: false },
    { ...common, id: '000012/03/predict/0/2', index: 2, passageId: '000012/03/passage/0', maskIndex: 0, responseText: 'no idea', answer: null, answerStart: null, answerEnd: null, value: null, rejection: 'no-box', correct: false },
  ],
  groups: [
    {
      id: '000012/03/mask', paragraphId: '000012/03', step: 12, slot: 3, role: 'mask', maskIndex: null,
      rolloutIds: ['000012/03/mask/0', '000012/03/mask/1', '000012/03/mask/2'], solved: [1, null, null], attempts: [3, 0, 0],
      rewards: [2 / 3, 0, 0], advantages: [1.1547, -0.57735, -0.57735], kept: true, dropReason: null, rewardVersion: 'difficulty@1',
    },
    {
      id: '000012/03/predict/0', paragraphId: '000012/03', step: 12, slot: 3, role: 'predict', maskIndex: 0,
      rolloutIds: ['000012/03/predict/0/0', '000012/03/predict/0/1', '000012/03/predict/0/2'], solved: [1, 0, 0], attempts: [1, 1, 1],
      rewards: [1, 0, 0], advantages: [1.1547, -0.57735, -0.57735], kept: true, dropReason: null, rewardVersion: 'exact-match@1',
    },
  ],
};

const view: SampleView = { kept: false, full: false, columns: 100, ink: inkOf(false) };

test('a second try is told from the first', () => {
  const again = { ...sample, maskRollouts: sample.maskRollouts.map((mask, i) => ({ ...mask, constraint: i === 0 ? ('names' as const) : null })) };
  assert.deepEqual(sampleLines(again, view).filter((line) => line.includes('second try')).map((line) => line.trim().slice(0, 47)), ['0  "Swedish"  second try  once in the paragraph']);
});

test('a paragraph is shown with its masks, the mask in place, the predictions, and what each was paid', () => {
  assert.equal(
    sampleLines(sample, view).join('\n'),
    `── step 12, slot 3 ── Tungsten › Name
sample.xml.bz2, page 74, paragraph 1, 20 tokens

  Tungsten is a metal. Its name is Swedish; tungsten means heavy stone.

Masks  kept
  0  "Swedish"  once in the paragraph  solved 1 of 3  reward 0.67  advantage +1.15
      A name is hard.
  1  "gold"  unusable: not in the paragraph  reward 0.00  advantage -0.58
  2  (none)  unusable: no \\mask{} in the response  reward 0.00  advantage -0.58  cut off at the length limit
      heavy heavy heavy

Mask 0  "Swedish"  1 of 3 right  kept
    Tungsten is a metal. Its name is ⟦Swedish⟧; tungsten means heavy stone.
  ✓ "Swedish"  reward 1.00  advantage +1.15
  ✗ "Swedish<U+200B>"  reward 0.00  advantage -0.58
      Perhaps
  ✗ no \\boxed{} in the response  reward 0.00  advantage -0.58
      no idea
`,
  );
});

test('a text that was cut before a token is shown up to it', () => {
  const cut = { ...sample, passages: [{ ...sample.passages[0]!, text: text.slice(0, 32) }] };
  assert.match(sampleLines(cut, view).join('\n'), /^ {4}Tungsten is a metal\. Its name is ⟦Swedish⟧$/m);
});

test('a dropped group says why', () => {
  const [masks, predictions] = [sample.groups[0]!, sample.groups[1]!];
  const dropped: ParagraphSample = { ...sample, groups: [{ ...masks, kept: false, dropReason: 'all-zero' }, { ...predictions, kept: false, dropReason: 'all-one' }] };
  const lines = sampleLines(dropped, view).join('\n');
  assert.match(lines, /^Masks {2}dropped: no rollout was rewarded$/m);
  assert.match(lines, /^Mask 0 .* dropped: every prediction was right$/m);
  assert.doesNotMatch(sampleLines(dropped, { ...view, kept: true }).join('\n'), /^Mask/m);
});

test('one role alone can be shown', () => {
  assert.doesNotMatch(sampleLines(sample, { ...view, role: 'predict' }).join('\n'), /^Masks/m);
  assert.doesNotMatch(sampleLines(sample, { ...view, role: 'mask' }).join('\n'), /^Mask 0/m);
});

test('a rollout that was left out of its group says so', () => {
  const groups = sample.groups.map((group) => (group.role === 'predict' ? { ...group, rolloutIds: group.rolloutIds.slice(1), rewards: [0, 0], advantages: [0, 0] } : group));
  assert.match(sampleLines({ ...sample, groups }, view).join('\n'), /✓ "Swedish" {2}left out of its group: a log-probability is not finite/);
});

test('long reasoning is folded unless all of it is asked for', () => {
  const long = { ...sample, predictions: [{ ...sample.predictions[2]!, responseText: 'why '.repeat(200) }] };
  assert.match(sampleLines(long, view).join('\n'), /\(--full shows all\)/);
  assert.ok(sampleLines(long, { ...view, full: true }).join('\n').match(/why/g)!.length === 200);
});

test('an escape sequence in a text or a response does not reach the terminal', () => {
  const escape = '\u001b[2J';
  const hostile = { ...sample, paragraph: { ...sample.paragraph, text: escape + text, title: escape, file: escape }, predictions: sample.predictions.map((each) => ({ ...each, responseText: escape, answer: escape })) };
  assert.doesNotMatch(sampleLines(hostile, { ...view, full: true }).join('\n'), /\u001b/);
});

test('every occurrence that was hidden is marked', () => {
  const passage = { ...sample.passages[0]!, maskText: 'is', spanStarts: [9, 30] };
  assert.match(sampleLines({ ...sample, passages: [passage] }, view).join('\n'), /Tungsten ⟦is⟧ a metal\. Its name ⟦is⟧ Swedish/);
});
