import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { TestScheduler } from 'rxjs/testing';
import { from, lastValueFrom, toArray } from 'rxjs';
import { drawSpans } from '../../../operators/rollouts/draw-spans.ts';
import { wordSpans } from '../../../operators/rollouts/word-spans.ts';
import type { MaskGroup } from '../../../schemas/records/edges.ts';
import type { Paragraph } from '../../../schemas/records/paragraph.ts';
import { baseConfig } from '../../base-config.ts';
import { sampleParagraph, sampleText } from '../../sample-paragraph.ts';
import { rolloutTestDeps, type RolloutTestDeps } from './rollout-test-deps.ts';

const run = async (deps: RolloutTestDeps, paragraph: Paragraph): Promise<MaskGroup> =>
  lastValueFrom(from([paragraph]).pipe(drawSpans(deps)));

describe('drawSpans', () => {
  test('gives masksPerParagraph distinct spans of whole words that no rollout proposed', async () => {
    const deps = rolloutTestDeps();
    const group = await run(deps, sampleParagraph());
    assert.equal(group.passages.length, 8);
    assert.equal(new Set(group.passages.map((passage) => passage.maskText)).size, 8);
    assert.deepEqual(group.maskRollouts, []);
    const starts = new Set(wordSpans(sampleText).map((word) => word.start));
    const ends = new Set(wordSpans(sampleText).map((word) => word.end));
    for (const { maskText, maskRolloutId } of group.passages) {
      const at = [...starts].find((start) => sampleText.startsWith(maskText, start) && ends.has(start + maskText.length));
      assert.notEqual(at, undefined, maskText);
      assert.equal(maskRolloutId, null);
    }
    assert.equal(deps.engine.calls.generate, 0);
  });

  test('lengths are geometric up to maxSpanWords', async () => {
    const deps = rolloutTestDeps({}, baseConfig({ masks: { maxSpanWords: 5 } }));
    const text = Array.from({ length: 200 }, (_, i) => `w${i}`).join(' ');
    const lengths: number[] = [];
    for (let slot = 0; slot < 100; slot++) {
      const group = await run(deps, sampleParagraph({ slot, text }));
      lengths.push(...group.passages.map((passage) => passage.maskText.split(' ').length));
    }
    assert.deepEqual([Math.min(...lengths), Math.max(...lengths)], [1, 5]);
    const expected = 0.2 / (1 - 0.8 ** 5);
    const share = lengths.filter((length) => length === 1).length / lengths.length;
    assert.ok(Math.abs(share - expected) < 0.06, `${share} of length 1, expected ${expected}`);
  });

  test('the same paragraph of the same step has the same spans, another seed others', async () => {
    const spans = async (seed: number) => (await run(rolloutTestDeps({}, baseConfig({ run: { seed } })), sampleParagraph())).passages.map((passage) => passage.maskText);
    assert.deepEqual(await spans(1), await spans(1));
    assert.notDeepEqual(await spans(1), await spans(2));
  });

  test('spans are regularised: too frequent words are not drawn, and none is asked twice where the paragraph has no more', async () => {
    const text = `${'tick '.repeat(9)}tock and more`;
    const group = await run(rolloutTestDeps({}, baseConfig({ masks: { maxSpanWords: 1 } })), sampleParagraph({ text }));
    assert.deepEqual(group.passages.map((passage) => passage.maskText).sort(), ['and', 'more', 'tock']);
  });

  test('a paragraph without a span that can be asked becomes a dead letter and goes on empty', async () => {
    const deps = rolloutTestDeps();
    const group = await run(deps, sampleParagraph({ text: 'Alone.' }));
    assert.deepEqual(group.passages, []);
    assert.deepEqual(deps.letters.map((letter) => [letter.code, letter.recordId]), [['INPUT_MALFORMED', '000001/00']]);
  });

  test('a paragraph whose prompts are too long becomes the dead letter that says so', async () => {
    const deps = rolloutTestDeps({}, baseConfig({ rollouts: { maxPromptTokens: 20 } }));
    assert.deepEqual((await run(deps, sampleParagraph())).passages, []);
    assert.deepEqual(deps.letters.map((letter) => letter.code), ['PROMPT_TOO_LONG']);
  });

  test('answers each paragraph as it comes', () => {
    new TestScheduler((actual, expected) => assert.deepEqual(actual, expected)).run(({ cold, expectObservable }) => {
      const deps = rolloutTestDeps();
      const ids = (group: MaskGroup) => group.paragraph.id;
      const [a, b] = [sampleParagraph(), sampleParagraph({ slot: 1 })];
      const drawn = cold('a-b|', { a, b }).pipe(drawSpans(deps), toArray());
      expectObservable(drawn).toBe('---(x|)', { x: assertIds([a.id, b.id], ids) });
    });
  });
});

function assertIds(expected: readonly string[], ids: (group: MaskGroup) => string): MaskGroup[] {
  const deps = rolloutTestDeps();
  const groups: MaskGroup[] = [];
  from(expected.map((_, slot) => sampleParagraph({ slot }))).pipe(drawSpans(deps)).subscribe((group) => groups.push(group));
  assert.deepEqual(groups.map(ids), expected);
  return groups;
}
