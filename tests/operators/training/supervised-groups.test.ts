import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toSupervisedGroups } from '../../../operators/training/supervised-groups.ts';
import { supervisedUpdate } from '../../../operators/training/supervised-update.ts';
import type { MaskedPassage } from '../../../schemas/records/masked-passage.ts';
import type { ScoredGroups } from '../../../schemas/records/edges.ts';
import { sampleParagraph } from '../../sample-paragraph.ts';
import { rolloutTestDeps } from '../rollouts/rollout-test-deps.ts';

const deps = rolloutTestDeps();

function scored(...maskTexts: string[]): ScoredGroups {
  const paragraph = sampleParagraph();
  const passages = maskTexts.map((maskText, maskIndex): MaskedPassage => {
    const spanStarts = [paragraph.text.indexOf(maskText)];
    return { id: `${paragraph.id}/passage/${maskIndex}`, paragraphId: paragraph.id, step: 1, slot: 0, maskIndex, maskRolloutId: null, maskText, spanStarts, text: paragraph.text.replace(maskText, () => '[mask]') };
  });
  return { paragraph, maskRollouts: [], passages, predictions: [], groups: [] };
}

test('each passage is its question, answered at once in the form that is read', () => {
  const [group, ...more] = toSupervisedGroups([scored('France')], deps);
  assert.deepEqual(more, []);
  assert.match(deps.tokenizer.decode(group!.promptTokens), /longest river in \[mask\]\. It rises/);
  const [response] = group!.responses;
  assert.equal(response!.id, '000001/00/passage/0/answer');
  assert.equal(deps.tokenizer.decode(response!.tokens), '\\boxed{ France}');
  assert.equal(response!.tokens.at(-1), deps.tokenizer.stopTokens[0]);
});

test('the denominator is the tokens of the answers, and a paragraph without passages gives nothing', () => {
  const groups = toSupervisedGroups([scored('France', 'river')], deps);
  assert.equal(supervisedUpdate.stepTokens([], groups), '\\boxed{ France}'.length + '\\boxed{ river}'.length + 2);
  assert.deepEqual([supervisedUpdate.useful(scored()), supervisedUpdate.useful(scored('France'))], [false, true]);
});

test('braces in an answer are written so that they are read back; an answer that cannot be is left out', () => {
  const answers = toSupervisedGroups([scored('a {b}', 'ends in \\')], deps).flatMap(({ responses }) => responses.map(({ tokens }) => deps.tokenizer.decode(tokens)));
  assert.deepEqual(answers, ['\\boxed{ a \\{b\\}}']);
});
