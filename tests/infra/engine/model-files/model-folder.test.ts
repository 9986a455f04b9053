import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, beforeEach, describe, test } from 'node:test';
import type { Weights } from '../../../../infra/engine/model-files/host-tensor.ts';
import { initialiseModel } from '../../../../infra/engine/model-files/initialise-model.ts';
import { readModelConfig, type ModelConfig } from '../../../../infra/engine/model-files/model-config.ts';
import { readModelWeights } from '../../../../infra/engine/model-files/read-model-weights.ts';
import { writeModelFolder } from '../../../../infra/engine/model-files/write-model-folder.ts';
import { writeSafetensors } from '../../../../infra/engine/model-files/write-safetensors.ts';
import { fixturePath } from '../../../fixtures/fixture-path.ts';
import { hasCode } from './has-code.ts';

const folders: string[] = [];
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'model-'));
  folders.push(folder);
});
after(() => Promise.all(folders.map((path) => rm(path, { recursive: true }))));

async function load(name: string): Promise<{ config: ModelConfig; weights: Weights }> {
  const config = await readModelConfig(fixturePath('golden', name));
  return { config, weights: await readModelWeights(fixturePath('golden', name), config) };
}

describe('a model folder', () => {
  for (const name of ['llama', 'mistral', 'qwen2', 'qwen3', 'llama-llama3', 'llama-linear', 'qwen2-yarn', 'smollm3', 'qwen3-layer-types']) {
    test(`of ${name} made by transformers comes back when it is written and read`, async () => {
      const { config, weights } = await load(name);
      await writeModelFolder(folder, { config, weights });
      assert.deepEqual(await readModelConfig(folder), config);
      assert.deepEqual(await readModelWeights(folder, config), weights);
    });
  }

  test('written twice has the same bytes', async () => {
    const { config, weights } = await load('llama');
    const other = join(folder, 'other');
    await writeModelFolder(folder, { config, weights });
    await writeModelFolder(other, { config, weights });
    for (const name of await readdir(other)) assert.deepEqual(await readFile(join(other, name)), await readFile(join(folder, name)));
  });

  test('keeps the tokenizer and what else the config of its source says', async () => {
    const { config, weights } = await load('mistral');
    const source = join(folder, 'source');
    const json = JSON.parse(await readFile(fixturePath('golden', 'mistral', 'config.json'), 'utf8')) as Record<string, unknown>;
    await writeModelFolder(source, {
      config,
      weights,
      files: new Map([
        ['config.json', '{}'],
        ['tokenizer.json', '{"tokens":1}'],
      ]),
    });
    await writeFile(join(source, 'config.json'), JSON.stringify({ ...json, dtype: 'bfloat16', pad_token_id: 5 }));
    const target = join(folder, 'target');
    await writeModelFolder(target, { config, weights, source });
    const written = JSON.parse(await readFile(join(target, 'config.json'), 'utf8')) as Record<string, unknown>;
    assert.deepEqual(written, { ...json, dtype: 'float32', pad_token_id: 5 });
    assert.equal(await readFile(join(target, 'tokenizer.json'), 'utf8'), '{"tokens":1}');
  });

  test('gets a config of its own where that of its source says otherwise', async () => {
    const { config } = await load('llama');
    const deeper = { ...config, layers: 3 };
    await writeModelFolder(folder, { config: deeper, weights: initialiseModel(deeper, 1), source: fixturePath('golden', 'llama') });
    assert.deepEqual(await readModelConfig(folder), deeper);
  });

  test('is not written with weights that its config has no place for', async () => {
    const { config, weights } = await load('llama');
    await assert.rejects(writeModelFolder(folder, { config: { ...config, layers: 1 }, weights }), hasCode('MODEL_INVALID', /layers\.1/u));
    assert.deepEqual(await readdir(folder), []);
  });
});

describe('the weights of a folder', () => {
  test('may have rotary tables and a copy of the embedding beside them, as old checkpoints do', async () => {
    const { config, weights } = await load('llama');
    const old = new Map(weights)
      .set('model.layers.0.self_attn.rotary_emb.inv_freq', { shape: [4], data: new Float32Array(4) })
      .set('lm_head.weight', weights.get('model.embed_tokens.weight')!);
    await writeSafetensors(join(folder, 'model.safetensors'), old);
    assert.deepEqual(await readModelWeights(folder, config), weights);
  });

  test('may not have an output projection other than the embedding it is tied to', async () => {
    const { config, weights } = await load('llama');
    const other = { shape: [96, 32], data: new Float32Array(96 * 32) };
    await writeSafetensors(join(folder, 'model.safetensors'), new Map(weights).set('lm_head.weight', other));
    await assert.rejects(readModelWeights(folder, config), hasCode('MODEL_INVALID', /lm_head\.weight/u));
  });

  for (const [what, change, words] of [
    ['missing', (w: Weights) => w.delete('model.norm.weight'), /Missing.*model\.norm\.weight/u],
    ['extra', (w: Weights) => w.set('model.extra', w.get('model.norm.weight')!), /no place.*model\.extra/u],
    ['misshapen', (w: Weights) => w.set('model.norm.weight', { shape: [2, 16], data: new Float32Array(32) }), /\[2, 16\].*\[32\]/u],
    ['not finite', (w: Weights) => (w.get('model.norm.weight')!.data[3] = NaN), /model\.norm\.weight.*finite/u],
  ] as const) {
    test(`are refused where one is ${what}, by its name`, async () => {
      const { config, weights } = await load('llama');
      change(weights);
      await writeSafetensors(join(folder, 'model.safetensors'), weights);
      await assert.rejects(readModelWeights(folder, config), hasCode('MODEL_INVALID', words));
    });
  }

  test('are refused where there are none', async () => {
    const { config } = await load('llama');
    await assert.rejects(readModelWeights(folder, config), hasCode('MODEL_INVALID', /model\.safetensors/u));
  });
});
