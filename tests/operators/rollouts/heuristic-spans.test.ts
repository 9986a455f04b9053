/* The choosers of word spans by entropy, by rarity and by what is a name or a number, and what they are made of. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { from, lastValueFrom, type OperatorFunction } from 'rxjs';
import { uniforms } from '../../../operators/flow/seeds.ts';
import { bestSpans } from '../../../operators/rollouts/best-spans.ts';
import { contentSpans } from '../../../operators/rollouts/content-spans.ts';
import { drawEntities } from '../../../operators/rollouts/draw-entities.ts';
import { drawRareSpans } from '../../../operators/rollouts/draw-rare-spans.ts';
import { drawUncertainSpans } from '../../../operators/rollouts/draw-uncertain-spans.ts';
import { topShare } from '../../../operators/rollouts/top-share.ts';
import { wordScores } from '../../../operators/rollouts/word-scores.ts';
import { wordSpans } from '../../../operators/rollouts/word-spans.ts';
import type { MaskGroup } from '../../../schemas/records/edges.ts';
import type { Paragraph } from '../../../schemas/records/paragraph.ts';
import { baseConfig } from '../../base-config.ts';
import { sampleParagraph, sampleText } from '../../sample-paragraph.ts';
import { rolloutTestDeps } from './rollout-test-deps.ts';

const run = (operator: OperatorFunction<Paragraph, MaskGroup>, changes: Partial<Paragraph> = {}): Promise<MaskGroup> => lastValueFrom(from([sampleParagraph(changes)]).pipe(operator));
const singleWords = baseConfig({ masks: { maxSpanWords: 1, topShare: 0.2, minContextTokens: 0 } });

test('the top share is the best of a list, at least one of it, the earlier first of equals', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1 }), fc.double({ min: 0.01, max: 1, noNaN: true }), (scores, share) => {
      const indices = scores.map((_, i) => i);
      const top = topShare(indices, (i) => scores[i]!, share);
      assert.equal(top.length, Math.ceil(share * scores.length));
      const left = indices.filter((i) => !top.includes(i));
      for (const i of top) for (const j of left) assert.ok(scores[i]! > scores[j]! || (scores[i] === scores[j] && i < j));
    }),
  );
  assert.deepEqual(topShare([], () => 0, 0.5), []);
});

test('a word scores what its tokens score together; what lies between words scores nothing', () => {
  const words = [{ start: 0, end: 3 }, { start: 4, end: 9 }];
  const tokens = [{ start: 0, end: 3 }, { start: 3, end: 6 }, { start: 6, end: 9 }, { start: 9, end: 10 }];
  assert.deepEqual(wordScores(words, tokens, [1, 2, 4, 100]), [1, 6]);
  assert.deepEqual(wordScores(words, tokens.slice(0, 1), [1]), [1, 0]);
});

test('runs of words are drawn from the best of their length', () => {
  const words = Array.from({ length: 10 }, (_, i) => ({ start: 2 * i, end: 2 * i + 1 }));
  const scores = [0, 0, 9, 9, 0, 0, 5, 0, 0, 0];
  const draw = uniforms(4);
  const drawSpan = bestSpans(words, scores, { spanLengthP: 0.4, maxSpanWords: 3, topShare: 0.2 });
  const seen = new Set(Array.from({ length: 300 }, () => drawSpan(draw)).map(({ start, end }) => `${start / 2}-${(end - 1) / 2}`));
  assert.deepEqual([...seen].sort(), ['1-2', '1-3', '2-2', '2-3', '2-4', '3-3'].sort());
});

describe('drawUncertainSpans', () => {
  test('hides words of the fifth of highest entropy, by the chain rule over their tokens', async () => {
    const deps = rolloutTestDeps({}, singleWords);
    const { paragraph, passages } = await run(drawUncertainSpans(deps));
    const words = wordSpans(sampleText);
    const entropies = words.map(({ start, end }) => paragraph.tokenEntropies!.slice(start, end).reduce((sum, each) => sum + each, 0)); // a token a character
    const bound = entropies.toSorted((a, b) => b - a)[Math.ceil(0.2 * words.length) - 1]!;
    const best = words.filter((_, i) => entropies[i]! >= bound).map(({ start, end }) => sampleText.slice(start, end));
    assert.ok(passages.length > 1 && passages.every(({ maskText }) => best.includes(maskText)), passages.map(({ maskText }) => maskText).join());
  });

  test('leaves the beginning of the text alone', async () => {
    const { passages } = await run(drawUncertainSpans(rolloutTestDeps({}, baseConfig({ masks: { minContextTokens: 60, topShare: 1 } }))));
    assert.ok(passages.length > 0 && passages.every(({ spanStarts }) => spanStarts.some((start) => start >= 60)));
  });
});

describe('drawRareSpans', () => {
  test('hides the words whose tokens stand last in the vocabulary', async () => {
    const deps = rolloutTestDeps({}, singleWords);
    const text = 'aa bb cc dd ee ff gg hh yy zz';
    const { passages } = await run(drawRareSpans(deps), { text });
    assert.deepEqual(passages.map(({ maskText }) => maskText).sort(), ['yy', 'zz']);
    assert.equal(deps.engine.calls.entropies, 0);
  });
});

describe('drawEntities', () => {
  test('hides names and numbers alone, whatever their number', async () => {
    const deps = rolloutTestDeps();
    const { passages } = await run(drawEntities(deps));
    const entities = new Set(contentSpans(sampleText).map(({ start, end }) => sampleText.slice(start, end)));
    assert.deepEqual(new Set(passages.map(({ maskText }) => maskText)), entities);
    assert.ok(entities.has('Massif Central') && entities.has('1006'));
  });

  test('a paragraph without any is a dead letter and goes on empty', async () => {
    const deps = rolloutTestDeps();
    assert.deepEqual((await run(drawEntities(deps), { text: 'It rains and it pours.' })).passages, []);
    assert.deepEqual(deps.letters.map(({ stage, code }) => [stage, code]), [['draw-entities', 'INPUT_MALFORMED']]);
  });
});
