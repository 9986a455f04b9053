import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { ModelConfig } from '../../../../../infra/engine/model-files/model-config.ts';
import type { TrainingGroup } from '../../../../../operators/ports/engine.ts';
import { treeTokens } from '../../../../tree-tokens.ts';
import { livelyWeights, openTrainer, tinyConfig } from '../open-model.ts';
import { assertSameAsRows } from '../same-as-rows.ts';
import { exampleGroups, requestFor, separateRows, tokensOf } from '../training-examples.ts';

const configs: Readonly<Record<string, ModelConfig>> = {
  'grouped queries': tinyConfig,
  'no shared keys, a head of its own': { ...tinyConfig, tiedEmbeddings: false, kvHeads: 4 },
  'QK-norm and biases': { ...tinyConfig, qkNorm: true, attentionBias: true },
  'a sliding window in one layer': { ...tinyConfig, layers: 3, slidingWindow: 7, fullAttentionLayers: [1] },
  'a layer without RoPE, windows in all': { ...tinyConfig, layers: 3, slidingWindow: 40, noRopeLayers: [1] },
};

/** Of two tokens: prompts and responses begin alike, to all lengths, and some are equal. */
const tokens = (maxRuns: number, longest: number) =>
  fc
    .array(fc.tuple(fc.nat(1), fc.integer({ min: 1, max: longest })), { minLength: 1, maxLength: maxRuns })
    .map((runs) => runs.flatMap(([token, length]) => tokensOf(length, token)));
const groups: fc.Arbitrary<TrainingGroup[]> = fc
  .array(fc.record({ promptTokens: tokens(3, 40), responses: fc.array(tokens(2, 12), { minLength: 1, maxLength: 4 }) }), { minLength: 1, maxLength: 4 })
  .map((all) => all.map(({ promptTokens, responses }, g) => ({ promptTokens, responses: responses.map((response, r) => trainable(`${g}/${r}`, response, r)) })));

function trainable(id: string, response: readonly number[], r: number): TrainingGroup['responses'][number] {
  return { id, tokens: response, logprobs: response.map((token) => -3.5 - token / 100), advantage: r % 2 === 0 ? 1.25 : -0.75 };
}

/** Of a prompt's responses some may say anything, the others only one of two tokens, or of three. */
const restricted = groups.map((all) =>
  all.map((group) => ({
    ...group,
    responses: group.responses.map((response, r) => (r % 3 === 0 ? response : { ...response, allowed: response.tokens.map((token, t) => (t % 4 === 3 ? null : [token, ...[20, 30].slice(0, r % 3)])) })),
  })),
);

describe('training on a prefix tree', () => {
  test('is training on rows of their own where responses that begin alike may go on differently', async () => {
    await fc.assert(fc.asyncProperty(restricted, (given) => assertSameAsRows(tinyConfig, requestFor(given))), { numRuns: 20 });
  });

  for (const [name, config] of Object.entries(configs)) {
    test(`is training on each response in a row of its own: ${name}`, async () => {
      await fc.assert(fc.asyncProperty(groups, (given) => assertSameAsRows(config, requestFor(given))), { numRuns: 5 });
    });

    test(`scores what rows of their own score: ${name}`, async () => {
      const trainer = await openTrainer(config, livelyWeights(config));
      await fc.assert(
        fc.asyncProperty(groups, async (given) => {
          const packed = (await trainer.score(given)).flat();
          for (const [i, row] of separateRows(given).entries()) {
            const [[alone]] = (await trainer.score([row])) as [[number[]]];
            assert.equal(packed[i]!.length, alone.length);
            for (const [t, logprob] of alone.entries()) assert.ok(Math.abs(packed[i]![t]! - logprob) <= 1e-5 * Math.max(1, Math.abs(logprob)), `response ${i}, token ${t}`);
          }
        }),
        { numRuns: 5 },
      );
    });
  }

  test('holds for runs of several tiles', async () => {
    const start = tokensOf(280, 5);
    const [one, other] = exampleGroups([[70, 140, 3], [290, 30]], 30);
    const given = [one!, other!, one!].map(({ promptTokens, responses }, g) => ({
      promptTokens: [...start, ...promptTokens.slice(0, 20 + g)],
      responses: responses.map((response) => ({ ...response, id: `${g}/${response.id}` })),
    }));
    await assertSameAsRows({ ...configs['QK-norm and biases']!, maxPositions: 1024, slidingWindow: 100 }, requestFor(given));
  });

  test('computes once what groups have in common, and says so', async () => {
    const [group] = exampleGroups([[3, 5]], 20);
    const twice = [group!, { ...group!, promptTokens: [...group!.promptTokens.slice(0, 15), 1, 2, 3] }];
    const trainer = await openTrainer(tinyConfig, livelyWeights(tinyConfig));
    const { tokensComputed, tokensInRows } = await trainer.accumulate(requestFor(twice));
    assert.deepEqual([tokensComputed, tokensInRows], [20 + 2 + 4 + 3 + 2 + 4, 2 * 20 + 2 + 4 + 2 * 18 + 2 + 4]);
    assert.equal(tokensComputed, treeTokens(twice));
  });
});
