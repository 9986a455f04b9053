import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import type { GenerateRequest } from '../operators/ports/engine.ts';
import { parseLastBraced } from '../operators/rollouts/parse-answer.ts';
import { createStubEngine } from './stub-engine.ts';
import { createStubTokenizer, stubEndToken } from './stub-tokenizer.ts';

const tokenizer = createStubTokenizer();
const text = 'Loire: It rises in the hills.\n';
const ask = (prompt: string, seeds: readonly number[], maxNewTokens = 100): GenerateRequest => ({
  groups: [{ promptTokens: tokenizer.encode(prompt), seeds }],
  maxNewTokens,
  temperature: 1,
  stopTokens: [stubEndToken],
});
const seeds = Array.from({ length: 200 }, (_, seed) => seed);

describe('the stub engine', () => {
  test('answers as a function of weights, prompt and seed', async () => {
    const first = await createStubEngine().generate(ask(`${text}mask:`, seeds));
    assert.deepEqual(first, await createStubEngine().generate(ask(`${text}mask:`, seeds)));
    assert.ok(new Set(first.samples[0]!.map((sample) => tokenizer.decode(sample.tokens))).size > 3);
    assert.ok(first.samples[0]!.every((sample) => sample.finishReason === 'stop' && sample.tokens.length === sample.logprobs.length));
  });

  test('predicts what it saw before with the accuracy asked for', async () => {
    const engine = createStubEngine({ accuracy: 0.3 });
    await engine.generate(ask(`${text}mask:`, [0]));
    const { samples } = await engine.generate(ask(`${text.replace('hills', '[mask]')}fill:`, seeds));
    const right = samples[0]!.filter((sample) => parseLastBraced(tokenizer.decode(sample.tokens), 'boxed')?.answer === 'hills');
    assert.ok(right.length > 35 && right.length < 85, `${right.length} of 200`);
  });

  test('cuts at the limit and says so', async () => {
    const { samples } = await createStubEngine().generate(ask(`${text}mask:`, [0], 4));
    assert.deepEqual([samples[0]![0]!.tokens.length, samples[0]![0]!.finishReason], [4, 'length']);
  });

  test('its weights follow from what it was trained on, and are saved and loaded', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'stub-engine-'));
    try {
      const train = async (advantage: number) => {
        const engine = createStubEngine();
        await engine.accumulate({ groups: [{ promptTokens: [1], responses: [{ id: 'a', tokens: [5], logprobs: [0], advantage }] }], loss: { kind: 'cross-entropy' }, stepTokens: 1 });
        await engine.step({ learningRate: 1, gradientClip: 1 });
        return engine;
      };
      const [one, other, again] = [await train(1), await train(-1), await train(1)];
      assert.equal(one.weights(), again.weights());
      assert.notEqual(one.weights(), other.weights());
      await one.save(directory, { optimizer: true });
      await other.load(directory);
      assert.deepEqual([other.weights(), other.version()], [one.weights(), 1]);
    } finally {
      await rm(directory, { recursive: true });
    }
  });
});
