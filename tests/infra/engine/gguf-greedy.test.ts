/** A real quantised model, against Hugging Face transformers in float32 on the same dequantised weights (tests/fixtures/make-gguf.py). */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { TfjsEngine } from '../../../infra/engine/tfjs/tfjs-engine.ts';
import { loadTokenizer } from '../../../infra/tokenizer/load-tokenizer.ts';
import { fixturePath } from '../../fixtures/fixture-path.ts';
import { sharedFile } from '../../shared-file.ts';
import { optionsFor } from './tfjs/temporary-model.ts';

interface Continuation {
  readonly prompt: string;
  readonly promptIds: readonly number[];
  readonly ids: readonly number[];
}

const real = sharedFile('models', 'smollm2-135m-instruct-q4_1.gguf');
const absent = real === null ? 'smollm2-135m-instruct-q4_1.gguf is not there: set PRETRAINZERO_SHARED to the folder that has it as models/...' : false;
if (absent !== false) console.warn(`NOT RUN: greedy continuation by SmolLM2-135M. ${absent}`);

test('SmolLM2-135M in Q4_1 continues 20 prompts with the 64 tokens each that transformers finds most likely', { skip: absent }, async () => {
  const cases = JSON.parse(await readFile(fixturePath('gguf', 'smollm2-greedy.json'), 'utf8')) as Continuation[];
  assert.equal(cases.length, 20);
  const tokenizer = await loadTokenizer(real!);
  for (const { prompt, promptIds } of cases) assert.deepEqual(tokenizer.encode(prompt), promptIds, prompt);
  const engine = await TfjsEngine.open(optionsFor(real!, { threads: 2 }));
  const groups = cases.map(({ promptIds }) => ({ promptTokens: promptIds, seeds: [1] }));
  const { samples } = await engine.generate({ groups, maxNewTokens: 64, temperature: 0, stopTokens: [] });
  await engine.close();
  for (const [i, { prompt, ids }] of cases.entries()) assert.deepEqual(samples[i]![0]!.tokens, ids, prompt);
});
