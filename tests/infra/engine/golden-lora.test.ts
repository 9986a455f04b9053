/** Adapters as PEFT saves them: log-probabilities, gradients of A and B and both after an AdamW step, against PEFT and torch (tests/fixtures/make-golden-lora.py). */
import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test, type TestContext } from 'node:test';
import { readAdapterConfig } from '../../../infra/engine/model-files/adapter/adapter-folder.ts';
import type { Weights } from '../../../infra/engine/model-files/host-tensor.ts';
import { readSafetensors } from '../../../infra/engine/model-files/read-safetensors.ts';
import { TfjsEngine } from '../../../infra/engine/tfjs/tfjs-engine.ts';
import type { Engine } from '../../../operators/ports/engine.ts';
import { fixturePath } from '../../fixtures/fixture-path.ts';
import { readGoldenCase, readGoldenTensors } from './golden-case.ts';
import { optionsFor } from './tfjs/temporary-model.ts';

interface LoraCase {
  readonly loss: number;
  readonly gradientNorm: number;
  readonly learningRate: number;
}

const vocabularySize = 96;

for (const name of ['qwen3', 'qwen2']) {
  describe(`an adapter of a tiny ${name} model`, () => {
    test('gives the log-probability that PEFT gives, for every token after every prefix, as an adapter and merged', async (t) => {
      const logits = (await readGoldenTensors(`lora-${name}`, 'logits')).get('logits')!.data;
      const { inputIds } = await readGoldenCase(name);
      const prefixes = inputIds.flatMap((row) => row.map((_, end) => row.slice(0, end + 1)));
      const responses = Array.from({ length: vocabularySize }, (_, token) => ({ id: String(token), tokens: [token], logprobs: [0], advantage: 0 }));
      const folder = await placedAdapter(t, name);
      for (const engine of [await adapted(t, name, folder), await openOn(t, folder)]) {
        const scored = await engine.score(prefixes.map((promptTokens) => ({ promptTokens, responses })));
        for (const [i, rows] of scored.entries()) {
          const expected = logSoftmax(logits.subarray(i * vocabularySize, (i + 1) * vocabularySize));
          rows.forEach(([logprob], token) => assert.ok(Math.abs(logprob! - expected[token]!) < 1e-4, `token ${token} after prefix ${i}: ${logprob!}, not ${expected[token]!}`));
        }
      }
    });

    test('has the gradients of PEFT, and the adapter that torch has after a clipped AdamW step', async (t) => {
      const golden = JSON.parse(await readFile(fixturePath('golden', `lora-${name}`, 'case.json'), 'utf8')) as LoraCase;
      const { groups, clipLow, clipHigh, grpo } = await readGoldenCase(name);
      const folder = await placedAdapter(t, name);
      const request = { groups, stepTokens: grpo.responseTokens, loss: { kind: 'grpo' as const, clipLow, clipHigh, ratioCap: Infinity, temperature: 1 } };
      const gradients = await readGoldenTensors(`lora-${name}`, 'grpo-gradients');

      const still = await adapted(t, name, folder);
      assert.ok(Math.abs((await still.accumulate(request)).loss - golden.loss) < 1e-5);
      await still.step({ learningRate: 0, gradientClip: Infinity });
      const moments = await savedTensors(still, folder, 'optimizer');
      assert.equal(moments.size, 2 * gradients.size);
      for (const [weight, { data }] of gradients) {
        const first = moments.get(`m.${weight}`)!.data; // (1 - beta1) g
        const largest = data.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
        data.forEach((value, i) => assert.ok(Math.abs(first[i]! * 10 - value) <= 2e-5 * largest + 1e-7, `${weight}[${i}]: ${first[i]! * 10}, not ${value}`));
      }

      const moved = await adapted(t, name, await placedAdapter(t, name));
      await moved.accumulate(request);
      const { gradientNorm } = await moved.step({ learningRate: golden.learningRate, gradientClip: 1 });
      assert.ok(Math.abs(gradientNorm! - golden.gradientNorm) < 1e-5 * golden.gradientNorm);
      const after = await readGoldenTensors(`lora-${name}`, 'after-step');
      for (const [weight, { data }] of await savedTensors(moved, folder, 'adapter_model')) {
        data.forEach((value, i) => {
          const open = Math.min(2, 4e-6 / (Math.abs(gradients.get(weight)!.data[i]!) + 1e-12)); // of a step, where the gradient is as small as its error
          assert.ok(Math.abs(value - after.get(weight)!.data[i]!) <= golden.learningRate * open + 1e-6, `${weight}[${i}]`);
        });
      }
    });
  });
}

/** A copy of PEFT's folder that says where the base is. */
async function placedAdapter(t: TestContext, name: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'golden-lora-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  await cp(fixturePath('golden', `lora-${name}`), folder, { recursive: true });
  const file = join(folder, 'adapter_config.json');
  const json = JSON.parse(await readFile(file, 'utf8')) as object;
  await writeFile(file, JSON.stringify({ ...json, base_model_name_or_path: fixturePath('golden', name) }));
  return folder;
}

async function adapted(t: TestContext, name: string, folder: string): Promise<Engine> {
  const { config } = await readAdapterConfig(folder);
  const engine = await TfjsEngine.open(optionsFor(fixturePath('golden', name), { lora: { ...config, seed: 0 } }));
  t.after(() => engine.close());
  await engine.load(folder);
  return engine;
}

async function openOn(t: TestContext, folder: string): Promise<Engine> {
  const engine = await TfjsEngine.open(optionsFor(folder));
  t.after(() => engine.close());
  return engine;
}

async function savedTensors(engine: Engine, folder: string, file: 'optimizer' | 'adapter_model'): Promise<Weights> {
  await engine.save(folder, { optimizer: true });
  return (await readSafetensors(join(folder, `${file}.safetensors`))).tensors;
}

function logSoftmax(logits: Float32Array): number[] {
  const most = Math.max(...logits);
  const total = most + Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit - most), 0));
  return Array.from(logits, (logit) => logit - total);
}
