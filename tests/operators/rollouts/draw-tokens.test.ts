import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { from, lastValueFrom, toArray } from 'rxjs';
import { loadTokenizer } from '../../../infra/tokenizer/load-tokenizer.ts';
import { drawTokens } from '../../../operators/rollouts/draw-tokens.ts';
import { drawUncertainTokens } from '../../../operators/rollouts/draw-uncertain-tokens.ts';
import { isCut } from '../../../operators/rollouts/question-prompt.ts';
import { tokenSpans } from '../../../operators/rollouts/token-spans.ts';
import { samplePath } from '../../../pipelines/resolve-sample.ts';
import type { MaskGroup } from '../../../schemas/records/edges.ts';
import type { Paragraph } from '../../../schemas/records/paragraph.ts';
import { baseConfig } from '../../base-config.ts';
import { sampleParagraph, sampleText } from '../../sample-paragraph.ts';
import { rolloutTestDeps, type RolloutTestDeps } from './rollout-test-deps.ts';

const tokenizer = await loadTokenizer(samplePath('model'));
const tokens = tokenizer.encode(sampleText);
const places = tokenSpans(sampleText, tokens, tokenizer);
const withWords = (deps: RolloutTestDeps): RolloutTestDeps => ({ ...deps, tokenizer });
const indexOf = ({ text }: { readonly text: string }): number => places.findIndex(({ start }) => start === text.length);

describe('drawTokens', () => {
  const run = (deps: RolloutTestDeps, paragraph: Paragraph): Promise<MaskGroup> => lastValueFrom(from([paragraph]).pipe(drawTokens(deps)));

  test('cuts the text before masksPerParagraph different tokens, each of them the answer without the space before it', async () => {
    const deps = withWords(rolloutTestDeps({}, baseConfig({ masks: { minContextTokens: 3 } })));
    const { passages, maskRollouts } = await run(deps, sampleParagraph());
    assert.deepEqual([passages.length, maskRollouts.length], [8, 0]);
    assert.equal(new Set(passages.map(({ text }) => text)).size, 8);
    for (const passage of passages) {
      const at = indexOf(passage);
      assert.ok(isCut(passage) && sampleText.startsWith(passage.text) && at >= 3, passage.text);
      assert.equal(passage.maskText, tokenizer.decode([tokens[at]!]).trim());
      assert.ok(sampleText.startsWith(passage.maskText, passage.spanStarts[0]));
      assert.equal(passage.maskRolloutId, null);
    }
  });

  test('every token with enough before it is drawn from, in the end, but for white space alone', async () => {
    const seen = new Set<number>();
    for (let slot = 0; slot < 60; slot++) {
      const deps = withWords(rolloutTestDeps({}, baseConfig({ masks: { minContextTokens: 5 } })));
      for (const passage of (await run(deps, sampleParagraph({ slot }))).passages) seen.add(indexOf(passage));
    }
    const blank = tokens.map((token) => tokenizer.decode([token]).trim() === '');
    assert.ok(blank.includes(true), 'the space before a number');
    assert.deepEqual([...seen].sort((a, b) => a - b), tokens.map((_, i) => i).filter((i) => i >= 5 && !blank[i]));
  });

  test('half of a character is never asked for, and nothing is asked of a text shorter than its context', async () => {
    const text = 'é'.repeat(20);
    const deps = rolloutTestDeps({}, baseConfig({ masks: { minContextTokens: 1 } }));
    assert.deepEqual((await run(deps, sampleParagraph({ text }))).passages, []);
    assert.deepEqual((await run(rolloutTestDeps(), sampleParagraph({ text: 'Short.' }))).passages, []);
    assert.deepEqual(deps.letters.map(({ stage, code }) => [stage, code]), [['draw-tokens', 'INPUT_MALFORMED']]);
  });

  test('a cut whose prompt is too long is drawn anew', async () => {
    const deps = rolloutTestDeps({}, baseConfig({ rollouts: { maxPromptTokens: 50 } }));
    const { passages } = await run(deps, sampleParagraph());
    assert.ok(passages.length > 0);
    for (const { text } of passages) assert.ok(deps.template.nextTokenPrompt({ title: 'Loire', sections: [], text }).length <= 50);
  });
});

describe('drawUncertainTokens', () => {
  const run = (deps: RolloutTestDeps, paragraphs: readonly Paragraph[]): Promise<MaskGroup[]> => lastValueFrom(from(paragraphs).pipe(drawUncertainTokens(deps), toArray()));

  test('cuts before tokens of the fifth of highest entropy, of those with enough before them', async () => {
    const deps = withWords(rolloutTestDeps({}, baseConfig({ masks: { minContextTokens: 4, topShare: 0.2 } })));
    const [group] = await run(deps, [sampleParagraph()]);
    const entropies = group!.paragraph.tokenEntropies!;
    assert.equal(entropies.length, tokens.length);
    const ranked = entropies.slice(4).toSorted((a, b) => b - a);
    const bound = ranked[Math.ceil(0.2 * ranked.length) - 1]!;
    assert.ok(group!.passages.length > 1);
    for (const passage of group!.passages) assert.ok(indexOf(passage) >= 4 && entropies[indexOf(passage)]! >= bound, passage.text);
  });

  test('asks the engine once a batch, of the weights as they are, with each text after its title', async () => {
    const asked: unknown[] = [];
    const deps = rolloutTestDeps();
    const engine = { ...deps.engine, entropies: (texts: Parameters<typeof deps.engine.entropies>[0]) => (asked.push(texts), deps.engine.entropies(texts)) };
    const groups = await run({ ...deps, engine }, [0, 1].map((slot) => sampleParagraph({ slot, cohortFirstSlot: 0, cohortSize: 2 })));
    const promptTokens = [deps.tokenizer.bosToken, ...deps.tokenizer.encode('Loire: ')];
    assert.deepEqual(asked, [['000001/00', '000001/01'].map((id) => ({ id, promptTokens, tokens: deps.tokenizer.encode(sampleText) }))]);
    const alone = await run(rolloutTestDeps(), [sampleParagraph({ slot: 1 })]);
    assert.deepEqual(groups[1]!.passages, alone[0]!.passages, 'what is asked beside it does not matter');
  });

  test('an entropy that is not a number is told, and its paragraph goes on empty', async () => {
    const deps = rolloutTestDeps();
    const engine = { ...deps.engine, entropies: () => Promise.resolve([[0.5, NaN, 1]]) };
    const [group] = await run({ ...deps, engine }, [sampleParagraph()]);
    assert.deepEqual(group!.passages, []);
    assert.deepEqual(deps.letters.map(({ code, message }) => [code, message]), [['NOT_A_NUMBER', 'the entropy of token 1 is NaN']]);
  });

  test('of a text longer than a prompt, what is beyond it is not asked for', async () => {
    const [group] = await run(rolloutTestDeps({}, baseConfig({ rollouts: { maxPromptTokens: 60 } })), [sampleParagraph()]);
    assert.equal(group!.paragraph.tokenEntropies!.length, 60 - 1 - 'Loire: '.length);
  });
});
