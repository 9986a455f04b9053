/* Entropies of a text's tokens: against the logits of transformers, and alike whatever is asked beside them and however many threads compute. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTfjsEngine } from '../../../../infra/engine/tfjs/create-tfjs-engine.ts';
import { TfjsEngine } from '../../../../infra/engine/tfjs/tfjs-engine.ts';
import { fixturePath } from '../../../fixtures/fixture-path.ts';
import { readGoldenCase, readGoldenTensors } from '../golden-case.ts';
import { onTestedBackend } from '../tested-backend.ts';
import { openEngine, optionsFor } from './temporary-model.ts';
import { tokensOf } from './training-examples.ts';

for (const model of ['llama', 'qwen3-moe']) {
  test(`a tiny ${model} model gives the entropies that follow from the logits of transformers${onTestedBackend()}`, async (t) => {
    const engine = await TfjsEngine.open(optionsFor(fixturePath('golden', model)));
    t.after(() => engine.close());
    const { inputIds } = await readGoldenCase(model);
    const logits = (await readGoldenTensors(model, 'logits')).get('logits')!;
    const vocabulary = logits.shape.at(-1)!;
    const entropies = await engine.entropies(inputIds.map((row) => ({ promptTokens: row.slice(0, 2), tokens: row.slice(2) })));
    let row = 0;
    for (const [text, ids] of inputIds.entries()) {
      assert.equal(entropies[text]!.length, ids.length - 2);
      for (const [i, entropy] of entropies[text]!.entries()) {
        const place = row + i + 1; // the row that predicts token i + 2
        const expected = entropyOf(logits.data.subarray(place * vocabulary, (place + 1) * vocabulary));
        assert.ok(Math.abs(entropy - expected) < 1e-4, `token ${i + 2} of text ${text}: ${entropy}, ${expected}`);
      }
      row += ids.length;
    }
  });
}

test('the entropies of a text are the same to the bit beside others, alone, and on two threads', async (t) => {
  const engine = await openEngine(t);
  const texts = [40, 7, 90].map((length, i) => ({ promptTokens: tokensOf(3, i), tokens: tokensOf(length, i + 10) }));
  const together = await engine.entropies(texts);
  for (const [i, text] of texts.entries()) assert.deepEqual(await engine.entropies([text]), [together[i]]);
  assert.ok(together.flat().every((entropy) => entropy > 0 && entropy === Math.fround(entropy)));
  const llama = fixturePath('golden', 'llama');
  const [one, two] = await Promise.all([1, 2].map((threads) => createTfjsEngine(optionsFor(llama, { threads }))));
  t.after(() => Promise.all([one!.close(), two!.close()]));
  assert.deepEqual(await two!.entropies(texts), await one!.entropies(texts));
});

test('a text without tokens has none; one too long for the model, or without a token before it, is refused', async (t) => {
  const engine = await openEngine(t);
  assert.deepEqual(await engine.entropies([{ promptTokens: [1], tokens: [] }]), [[]]);
  const tokens = tokensOf(engine.info.maxPositions, 1);
  await assert.rejects(engine.entropies([{ promptTokens: [1], tokens }]), { code: 'PROMPT_TOO_LONG' });
  await assert.rejects(engine.entropies([{ promptTokens: [], tokens: [1] }]), { code: 'ENGINE_FAILED' });
});

function entropyOf(logits: ArrayLike<number>): number {
  const z = Array.from(logits);
  const largest = Math.max(...z);
  const weights = z.map((logit) => Math.exp(logit - largest));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return -weights.reduce((sum, weight) => sum + (weight / total) * Math.log(weight / total), 0);
}
