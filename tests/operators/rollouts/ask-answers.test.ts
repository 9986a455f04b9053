import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lastValueFrom, of, toArray } from 'rxjs';
import { joinQuestion } from '../../../operators/corpus/question-text.ts';
import { askAnswers } from '../../../operators/rollouts/ask-answers.ts';
import { baseConfig } from '../../base-config.ts';
import { sampleParagraph } from '../../sample-paragraph.ts';
import { rolloutTestDeps } from './rollout-test-deps.ts';

const asked = (text: string, maxPromptTokens = 500) => {
  const deps = rolloutTestDeps({}, baseConfig({ rollouts: { maxPromptTokens } }));
  return { deps, groups: lastValueFrom(of(sampleParagraph({ text })).pipe(askAnswers(deps), toArray())) };
};

test('a question is one passage, its answer the hidden text, in its place in the paragraph', async () => {
  const text = joinQuestion('What is 1 + 1?', '2');
  const [group] = await asked(text).groups;
  const [passage, ...more] = group!.passages;
  assert.deepEqual([more.length, passage!.text, passage!.maskText, passage!.maskRolloutId, passage!.id], [0, 'What is 1 + 1?', '2', null, '000001/00/passage/0']);
  assert.equal(text.slice(passage!.spanStarts[0]), '2');
  assert.deepEqual(group!.maskRollouts, []);
});

for (const [what, text, limit, code] of [
  ['prose', 'No question here.', 500, 'INPUT_MALFORMED'],
  ['a question whose prompt is too long', joinQuestion('Why? '.repeat(100), 'so'), 200, 'PROMPT_TOO_LONG'],
] as const) {
  test(`${what} goes on empty, with a dead letter`, async () => {
    const { deps, groups } = asked(text, limit);
    assert.deepEqual((await groups)[0]!.passages, []);
    assert.deepEqual(deps.letters.map((letter) => letter.code), [code]);
  });
}
