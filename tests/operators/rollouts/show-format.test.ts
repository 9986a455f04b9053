import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { contentSpans } from '../../../operators/rollouts/content-spans.ts';
import { normaliseAnswer, parseLastBraced } from '../../../operators/rollouts/parse-answer.ts';
import { regulariseMask } from '../../../operators/rollouts/regularise-mask.ts';
import { showFormat } from '../../../operators/rollouts/show-format.ts';
import { toPretrainingGroups } from '../../../operators/training/pretraining-groups.ts';
import { baseConfig } from '../../base-config.ts';
import { sampleParagraph, sampleText } from '../../sample-paragraph.ts';
import { createStubTokenizer, stubBosToken, stubEndToken } from '../../stub-tokenizer.ts';
import { rolloutTestDeps } from './rollout-test-deps.ts';

const tokenizer = createStubTokenizer();
const depsWith = (pretraining: { formatShare: number; contentMaskShare?: number; copyingShare?: number }, rollouts = {}) =>
  rolloutTestDeps({}, baseConfig({ pretraining, rollouts }));
/** What is shown, cut where the answer begins: a prediction prompt is under the loss together with its answer, but for its first token. */
const shownTexts = (deps: ReturnType<typeof depsWith>, count: number, text = sampleText) =>
  Array.from({ length: count }, (_, seed) => showFormat(sampleParagraph({ text }), seed, deps)).map(({ promptTokens, responses }) => ({
    ...cutAtAnswer(tokenizer.decode(promptTokens), responses.map((response) => tokenizer.decode(response.tokens))),
  }));
const cutAtAnswer = (prompt: string, responses: readonly string[]) => {
  const at = responses[0]!.lastIndexOf('\\boxed{');
  return at < 0 ? { prompt, responses } : { prompt: prompt + responses[0]!.slice(0, at), responses: [responses[0]!.slice(at)] };
};
const isMaskPrompt = ({ prompt }: { prompt: string }) => prompt.endsWith('mask:');

describe('showFormat', () => {
  test('a paragraph as plain text: the loss is over the text and the end token, after beginning token and title', () => {
    const { promptTokens, responses } = showFormat(sampleParagraph(), 1, depsWith({ formatShare: 0 }));
    assert.deepEqual(promptTokens, [stubBosToken, ...tokenizer.encode('Loire:')]);
    assert.deepEqual(responses[0]!.tokens, [...tokenizer.encode(` ${sampleText}`), stubEndToken]);
    assert.equal(responses[0]!.logprobs.length, responses[0]!.tokens.length);
    assert.deepEqual([responses[0]!.id, responses[0]!.advantage], ['000001/00/show/0', 1]);
  });

  test('a paragraph without a title begins with the beginning token, without one with the end token', () => {
    const paragraph = sampleParagraph({ title: '' });
    const deps = depsWith({ formatShare: 0 });
    assert.deepEqual(showFormat(paragraph, 1, deps).promptTokens, [stubBosToken]);
    assert.deepEqual(showFormat(paragraph, 1, { ...deps, tokenizer: createStubTokenizer({ bosToken: null }) }).promptTokens, [stubEndToken]);
  });

  test('formatShare of the seeds are shown as prompts', () => {
    const prompts = shownTexts(depsWith({ formatShare: 0.4 }), 1000).filter(({ prompt }) => /\n(mask|fill):/.test(prompt));
    assert.ok(Math.abs(prompts.length / 1000 - 0.4) < 0.05, `${prompts.length} of 1000`);
  });

  test('copyingShare of the seeds are words of the paragraph told over and over: the loss is over the repetitions', () => {
    const words = new Set(sampleText.match(/[\p{L}\p{N}]+/gu));
    const end = tokenizer.decode([stubEndToken]);
    const copies = shownTexts(depsWith({ formatShare: 0, copyingShare: 0.3 }), 1000).filter(({ prompt }) => prompt !== 'Loire:');
    assert.ok(Math.abs(copies.length / 1000 - 0.3) < 0.05, `${copies.length} of 1000`);
    for (const { prompt, responses } of copies) {
      const list = prompt.slice(prompt.indexOf(' '));
      const told = responses[0]!.slice(0, responses[0]!.length - end.length);
      assert.equal(told, list.repeat(told.length / list.length));
      assert.ok(list.trim().split(' ').every((word) => words.has(word)), list);
    }
  });

  test('every mask shown is usable and quotes the words before it, and every prediction shown is right', () => {
    for (const { prompt, responses } of shownTexts(depsWith({ formatShare: 1 }), 300)) {
      for (const response of responses) {
        if (isMaskPrompt({ prompt })) {
          const answer = parseLastBraced(response, 'mask')!.answer;
          assert.ok(regulariseMask(sampleText, answer, 'default', 8, () => 0).usable, answer);
          const quote = response.slice(0, response.indexOf('\\mask')).trim();
          assert.ok(sampleText.includes(`${quote} ${answer}`.trim()) && quote.split(' ').length <= 8, response);
        } else {
          const passage = prompt.slice('Loire: '.length, prompt.lastIndexOf('\nfill:'));
          const answer = parseLastBraced(response, 'boxed')!.answer;
          assert.equal(passage.replaceAll('[mask]', answer), sampleText);
        }
      }
    }
  });

  test('the loss is over a whole prediction prompt but its first token, and over the answers of a mask prompt', () => {
    const deps = depsWith({ formatShare: 1 });
    const shown = Array.from({ length: 50 }, (_, seed) => showFormat(sampleParagraph(), seed, deps));
    const masks = shown.filter(({ responses }) => tokenizer.decode(responses[0]!.tokens).includes('\\mask{'));
    assert.ok(masks.length > 5 && masks.length < 45);
    for (const group of shown) {
      if (!masks.includes(group)) assert.deepEqual([group.promptTokens, group.responses.length], [[stubBosToken], 1]);
      else assert.deepEqual(group.promptTokens, deps.template.maskPrompt({ title: 'Loire', sections: [], text: sampleText }));
    }
  });

  test('contentMaskShare of the mask answers are content spans', () => {
    const content = new Set(contentSpans(sampleText).map(({ start, end }) => sampleText.slice(start, end)));
    const share = (contentMaskShare: number) => {
      const answers = shownTexts(depsWith({ formatShare: 1, contentMaskShare }), 400)
        .filter(isMaskPrompt)
        .flatMap(({ responses }) => responses.map((response) => parseLastBraced(response, 'mask')!.answer));
      return answers.filter((answer) => content.has(answer)).length / answers.length;
    };
    assert.equal(share(1), 1);
    assert.ok(share(0) < 0.4 && share(0.8) > 0.7, `${share(0)}, ${share(0.8)}`);
  });

  test('a paragraph whose prompt would be too long, or with nothing to hide, is shown as plain text', () => {
    const plain = ({ prompt }: { prompt: string }) => prompt === 'Loire:';
    assert.ok(shownTexts(depsWith({ formatShare: 1 }, { maxPromptTokens: 20 }), 20).every(plain));
    assert.ok(shownTexts(depsWith({ formatShare: 1 }), 20, 'Alone.').every(plain));
  });

  test('an answer with braces is written so that it is read back', () => {
    const text = 'The set {1, 2 has an open brace and the {name} a closed one.';
    for (const { prompt, responses } of shownTexts(depsWith({ formatShare: 1 }), 200, text)) {
      for (const response of responses) {
        const answer = parseLastBraced(response, isMaskPrompt({ prompt }) ? 'mask' : 'boxed')!.answer;
        assert.ok(text.includes(answer), answer);
      }
    }
  });

  test('any text is shown, the same for the same seed', () => {
    const deps = depsWith({ formatShare: 0.8 });
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), fc.nat(), (raw, seed) => {
        const text = normaliseAnswer(raw) || 'x';
        const shown = showFormat(sampleParagraph({ text }), seed, deps);
        assert.deepEqual(shown, showFormat(sampleParagraph({ text }), seed, deps));
        assert.ok(shown.promptTokens.length > 0 && shown.responses.length > 0);
        assert.ok(shown.responses.every((response) => response.tokens.at(-1) === stubEndToken));
      }),
    );
  });
});

describe('toPretrainingGroups', () => {
  test('gives one group a paragraph, decided by run seed and id', () => {
    const message = (slot: number) => ({ paragraph: sampleParagraph({ slot }), maskRollouts: [], passages: [], predictions: [], groups: [] });
    const messages = Array.from({ length: 20 }, (_, slot) => message(slot));
    const deps = depsWith({ formatShare: 0.5 });
    const groups = toPretrainingGroups(messages, deps);
    assert.equal(groups.length, 20);
    assert.deepEqual(groups.slice(5, 6), toPretrainingGroups([message(5)], deps));
    assert.ok(new Set(groups.map((group) => JSON.stringify(group.responses.map(({ tokens }) => tokens)))).size > 5);
    const other = toPretrainingGroups(messages, { ...deps, config: baseConfig({ run: { seed: 9 }, pretraining: { formatShare: 0.5 } }) });
    assert.notDeepEqual(groups, other);
  });
});
