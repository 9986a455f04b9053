/** Tiny GGUF files of every kind of tensor, against what transformers makes of their weights (tests/fixtures/make-gguf.py). */
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test, type TestContext } from 'node:test';
import { readGgufModel } from '../../../../../infra/engine/model-files/gguf/read-gguf-model.ts';
import { readModel } from '../../../../../infra/engine/model-files/read-model.ts';
import { TfjsEngine } from '../../../../../infra/engine/tfjs/tfjs-engine.ts';
import { loadTokenizer } from '../../../../../infra/tokenizer/load-tokenizer.ts';
import type { TrainingGroup } from '../../../../../operators/ports/engine.ts';
import { fixturePath } from '../../../../fixtures/fixture-path.ts';
import { optionsFor } from '../../tfjs/temporary-model.ts';
import { exampleGroups, requestFor } from '../../tfjs/training-examples.ts';

interface GgufCase {
  readonly inputIds: readonly (readonly number[])[];
  readonly logits: string; // base64 of float32 [rows, positions, vocabulary]
}

const names = ['llama', 'qwen2', 'qwen3'];

for (const name of names) {
  describe(`a ${name} model in a GGUF file`, () => {
    const path = fixturePath('gguf', `${name}.gguf`);

    test('gives the log-probability that transformers gives, for every token after every prefix', async (t) => {
      const { inputIds, logits } = JSON.parse(await readFile(fixturePath('gguf', `${name}.json`), 'utf8')) as GgufCase;
      const values = new Float32Array(new Uint8Array(Buffer.from(logits, 'base64')).buffer);
      const engine = await engineOn(t, path);
      const { vocabularySize } = engine.info;
      const prefixes = inputIds.flatMap((row) => row.map((_, position) => row.slice(0, position + 1)));
      const scored = await engine.score(prefixes.map((prefix) => followedByEachToken(prefix, vocabularySize)));
      for (const [i, responses] of scored.entries()) {
        const expected = logSoftmax(values.subarray(i * vocabularySize, (i + 1) * vocabularySize));
        for (const [token, [logprob]] of responses.entries()) {
          assert(Math.abs(logprob! - expected[token]!) < 1e-4, `token ${token} after ${prefixes[i]!.join(' ')}: ${logprob!}, not ${expected[token]!}`);
        }
      }
    });

    test('is saved as a folder that holds the same model and tokenizer', async (t) => {
      const folder = await temporaryFolder(t);
      const engine = await engineOn(t, path);
      await engine.save(folder, { optimizer: false });
      const { config, weights } = await readGgufModel(path);
      const saved = await readModel(folder);
      assert.deepEqual(saved.config, config);
      assert.deepEqual([...saved.weights].map(([weight, { data }]) => [weight, [...data]]), [...weights].map(([weight, { data }]) => [weight, [...data]]));
      const [before, after] = [await loadTokenizer(path), await loadTokenizer(folder)];
      const text = "It's 1874.<|end|>";
      assert.deepEqual(after.encodeWithSpecials(text), before.encodeWithSpecials(text));
      assert.deepEqual([after.bosToken, after.stopTokens], [before.bosToken, before.stopTokens]);
      assert.equal(after.chat?.([{ role: 'user', content: text }]), before.chat?.([{ role: 'user', content: text }]));
    });
  });
}

test('a run on a GGUF file goes on from its checkpoint to the same bytes', async (t) => {
  const folder = await temporaryFolder(t);
  const path = fixturePath('gguf', 'llama.gguf');
  const undisturbed = await engineOn(t, path);
  const resumed = await engineOn(t, path);
  await trainStep(undisturbed);
  await undisturbed.save(join(folder, 'one'), { optimizer: true });
  await resumed.load(join(folder, 'one'));
  for (const [engine, name] of [[undisturbed, 'a'], [resumed, 'b']] as const) {
    await trainStep(engine);
    await engine.save(join(folder, name), { optimizer: true });
  }
  for (const file of ['config.json', 'model.safetensors', 'optimizer.safetensors', 'tokenizer.json', 'tokenizer_config.json']) {
    assert.deepEqual(await readFile(join(folder, 'a', file)), await readFile(join(folder, 'b', file)), file);
  }
});

async function trainStep(engine: TfjsEngine): Promise<void> {
  await engine.accumulate(requestFor(exampleGroups([[3, 5], [4, 2]])));
  await engine.step({ learningRate: 1e-3, gradientClip: 1 });
}

async function engineOn(t: TestContext, path: string): Promise<TfjsEngine> {
  const engine = await TfjsEngine.open(optionsFor(path));
  t.after(() => engine.close());
  return engine;
}

async function temporaryFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'gguf-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

function followedByEachToken(promptTokens: readonly number[], vocabularySize: number): TrainingGroup {
  const responses = Array.from({ length: vocabularySize }, (_, token) => ({ id: String(token), tokens: [token], logprobs: [0], advantage: 1 }));
  return { promptTokens, responses };
}

function logSoftmax(logits: Float32Array): number[] {
  const largest = Math.max(...logits);
  const total = Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit - largest), 0));
  return [...logits].map((logit) => logit - largest - total);
}
