import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { runProgram } from '../../../infra/cli/program.ts';
import { mergeAdapter } from '../../../infra/engine/model-files/adapter/merge-adapter.ts';
import { writeAdapter } from '../../../infra/engine/model-files/adapter/adapter-folder.ts';
import { initialiseModel } from '../../../infra/engine/model-files/initialise-model.ts';
import { readModel } from '../../../infra/engine/model-files/read-model.ts';
import { writeModelFolder } from '../../../infra/engine/model-files/write-model-folder.ts';
import { fixturePath } from '../../fixtures/fixture-path.ts';
import { livelyAdapter } from '../engine/tfjs/lora.ts';
import { tinyConfig } from '../engine/tfjs/open-model.ts';
import { testWorld } from './test-world.ts';

async function temporaryFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'export-'));
  t.after(() => rmSync(folder, { recursive: true }));
  return folder;
}

test('export merges an adapter into its base', async (t) => {
  const folder = await temporaryFolder(t);
  const [base, adapted, target] = ['base', 'adapted', 'merged'].map((name) => join(folder, name)) as [string, string, string];
  const weights = initialiseModel(tinyConfig, 1);
  const adapter = livelyAdapter(tinyConfig);
  await writeModelFolder(base, { config: tinyConfig, weights });
  mkdirSync(adapted);
  await writeAdapter(adapted, adapter, base, {});
  const world = testWorld();
  assert.equal(await runProgram(['export', adapted, target], world), 0);
  assert.match(world.terminal.out(), /^[\d,]+ parameters in .*merged\n$/u);
  assert.deepEqual(readdirSync(target).sort(), ['config.json', 'model.safetensors']);
  const { config, weights: exported } = await readModel(target);
  assert.deepEqual(config, tinyConfig);
  for (const [name, { data }] of mergeAdapter(weights, adapter)) assert.deepEqual(exported.get(name)!.data, data, name);
  assert.notDeepEqual(exported.get('model.layers.0.self_attn.q_proj.weight'), weights.get('model.layers.0.self_attn.q_proj.weight'));
});

test('export unpacks a GGUF file, with its tokenizer', async (t) => {
  const target = join(await temporaryFolder(t), 'unpacked');
  assert.equal(await runProgram(['export', fixturePath('gguf', 'llama.gguf'), target], testWorld()), 0);
  assert.deepEqual(readdirSync(target).sort(), ['config.json', 'model.safetensors', 'tokenizer.json', 'tokenizer_config.json']);
});
