import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { GenerateRequest, SamplingGroup } from '../../../../operators/ports/engine.ts';
import { hasCode } from '../model-files/has-code.ts';
import { tinyConfig } from './open-model.ts';
import { openEngine } from './temporary-model.ts';
import { tokensOf } from './training-examples.ts';
import { assertSame, onTestedBackend } from '../tested-backend.ts';

const request = (groups: readonly SamplingGroup[], changes: Partial<GenerateRequest> = {}): GenerateRequest => ({
  groups,
  maxNewTokens: 12,
  temperature: 1,
  stopTokens: [3, 17],
  ...changes,
});
const eightGroups = Array.from({ length: 8 }, (_, g) => ({
  promptTokens: tokensOf(5 + 13 * g, g),
  seeds: Array.from({ length: 8 }, (_s, s) => 1000 * g + s),
}));

describe(`sampling${onTestedBackend()}`, () => {
  test('a sample alone equals the sample in a batch of 64', async (t) => {
    const engine = await openEngine(t);
    const together = await engine.generate(request(eightGroups));
    for (const [g, s] of [[0, 0], [3, 5], [7, 7]] as const) {
      const { promptTokens, seeds } = eightGroups[g]!;
      const alone = await engine.generate(request([{ promptTokens, seeds: [seeds[s]!] }]));
      assertSame(alone.samples[0]![0], together.samples[g]![s]);
    }
  });

  test('a request of more rows than fit is decoded as rows become free, with the same result', async (t) => {
    const together = await (await openEngine(t)).generate(request(eightGroups));
    const split = await (await openEngine(t, tinyConfig, { maxRowsPerBatch: 20 })).generate(request(eightGroups));
    assertSame(split, together);
  });

  test('a sample ends with its first stop token, or at the limit', async (t) => {
    const engine = await openEngine(t);
    const samples = (await engine.generate(request(eightGroups))).samples.flat();
    assert.ok(samples.some(({ finishReason }) => finishReason === 'stop') && samples.some(({ finishReason }) => finishReason === 'length'));
    for (const { tokens, logprobs, finishReason } of samples) {
      assert.equal(logprobs.length, tokens.length);
      assert.equal([3, 17].includes(tokens.at(-1)!), finishReason === 'stop');
      assert.ok(tokens.slice(0, -1).every((token) => ![3, 17].includes(token)));
      assert.ok(finishReason === 'stop' || tokens.length === 12);
    }
  });

  test('log-probabilities are those that scoring gives', async (t) => {
    const engine = await openEngine(t);
    const { samples } = await engine.generate(request(eightGroups));
    const scores = await engine.score(
      eightGroups.map(({ promptTokens }, g) => ({
        promptTokens,
        responses: samples[g]!.map(({ tokens }, s) => ({ id: `${g}/${s}`, tokens, logprobs: [], advantage: 0 })),
      })),
    );
    samples.forEach((group, g) =>
      group.forEach(({ logprobs }, s) => logprobs.forEach((logprob, i) => assert.ok(Math.abs(logprob - scores[g]![s]![i]!) < 1e-4))),
    );
  });

  test('tokens come as often as their probability says', async (t) => {
    const engine = await openEngine(t);
    const promptTokens = tokensOf(6, 4);
    const seeds = Array.from({ length: 4000 }, (_, i) => i);
    const temperature = 2;
    const { samples } = await engine.generate(request([{ promptTokens, seeds }], { maxNewTokens: 1, temperature, stopTokens: [] }));
    const counts = new Map<number, { count: number; probability: number }>();
    for (const { tokens, logprobs } of samples[0]!) {
      const seen = counts.get(tokens[0]!) ?? { count: 0, probability: Math.exp(logprobs[0]!) };
      counts.set(tokens[0]!, { ...seen, count: seen.count + 1 });
    }
    for (const { count, probability } of counts.values()) {
      const deviation = Math.sqrt(seeds.length * probability * (1 - probability));
      assert.ok(Math.abs(count - seeds.length * probability) < 5 * deviation + 1);
    }
  });

  test('temperature 0 takes the most probable token whatever the seed', async (t) => {
    const engine = await openEngine(t);
    const { samples } = await engine.generate(request(eightGroups, { temperature: 0 }));
    for (const group of samples) for (const sample of group) assert.deepEqual(sample, group[0]);
  });

  test('experts while decoding are those of a whole pass', async (t) => {
    const engine = await openEngine(t, { ...tinyConfig, qkNorm: true, experts: { count: 5, perToken: 2, width: 12, normalised: false, layers: [0, 1] } });
    const groups = [{ promptTokens: tokensOf(15, 2), seeds: [1, 2, 3] }];
    const { samples } = await engine.generate(request(groups, { stopTokens: [] }));
    const responses = samples[0]!.map(({ tokens }, s) => ({ id: String(s), tokens, logprobs: [], advantage: 0 }));
    const [scores] = await engine.score([{ promptTokens: groups[0]!.promptTokens, responses }]);
    samples[0]!.forEach(({ logprobs }, s) => logprobs.forEach((logprob, i) => assert.ok(Math.abs(logprob - scores![s]![i]!) < 1e-4)));
  });

  test('a sliding window is kept to while decoding', async (t) => {
    const engine = await openEngine(t, { ...tinyConfig, slidingWindow: 6 });
    const groups = [{ promptTokens: tokensOf(15, 2), seeds: [1, 2, 3] }];
    const { samples } = await engine.generate(request(groups, { stopTokens: [] }));
    const responses = samples[0]!.map(({ tokens }, s) => ({ id: String(s), tokens, logprobs: [], advantage: 0 }));
    const [scores] = await engine.score([{ promptTokens: groups[0]!.promptTokens, responses }]);
    samples[0]!.forEach(({ logprobs }, s) => logprobs.forEach((logprob, i) => assert.ok(Math.abs(logprob - scores![s]![i]!) < 1e-4)));
  });

  test('progress counts every token and ends with no open rows', async (t) => {
    const engine = await openEngine(t);
    const calls: [number, number][] = [];
    const { samples } = await engine.generate(request(eightGroups), (tokens, open) => calls.push([tokens, open]));
    assert.equal(calls.reduce((sum, [tokens]) => sum + tokens, 0), samples.flat().reduce((sum, { tokens }) => sum + tokens.length, 0));
    assert.equal(calls.at(-1)![1], 0);
  });

  test('a sample ends where the model has no positions left', async (t) => {
    const engine = await openEngine(t, { ...tinyConfig, maxPositions: 10 });
    const { samples } = await engine.generate(request([{ promptTokens: tokensOf(8, 1), seeds: [1] }], { stopTokens: [] }));
    assert.deepEqual([samples[0]![0]!.tokens.length, samples[0]![0]!.finishReason], [2, 'length']);
  });

  test('prompts that do not fit, are empty or hold unknown tokens are refused', async (t) => {
    const engine = await openEngine(t, { ...tinyConfig, maxPositions: 10 });
    const ask = (promptTokens: number[]): Promise<unknown> => engine.generate(request([{ promptTokens, seeds: [1] }]));
    await assert.rejects(ask(tokensOf(10, 1)), hasCode('PROMPT_TOO_LONG'));
    await assert.rejects(ask([]), hasCode('ENGINE_FAILED'));
    await assert.rejects(ask([48]), hasCode('MODEL_INVALID'));
  });
});
