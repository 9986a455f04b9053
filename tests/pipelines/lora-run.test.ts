/** A run that trains an adapter: real but for its tokenizer, on a tiny model. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { loadConfig } from '../../infra/config/load-config.ts';
import { initialiseModel } from '../../infra/engine/model-files/initialise-model.ts';
import { writeModelFolder } from '../../infra/engine/model-files/write-model-folder.ts';
import { launch } from '../../pipelines/launch.ts';
import { openEngine } from '../../pipelines/open-engine.ts';
import type { RunEvent } from '../../pipelines/run-events.ts';
import { tinyConfig } from '../infra/engine/tfjs/open-model.ts';
import { createStubTokenizer, stubVocabularySize } from '../stub-tokenizer.ts';
import { writeSmallCorpus } from './recorded-run.ts';
import { newDirectory } from './stub-run.ts';

const folder = newDirectory();
after(() => rmSync(folder, { recursive: true }));
const model = join(folder, 'base');
const modelConfig = { ...tinyConfig, vocabularySize: stubVocabularySize, maxPositions: 2048, bosToken: null, eosTokens: [2] };
await writeModelFolder(model, { config: modelConfig, weights: initialiseModel(modelConfig, 1, 0.2) });
const baseBytes = readFileSync(join(model, 'model.safetensors'));
const { config } = await loadConfig('base', {
  set: [
    ...['pipeline=continue-pretraining', `model.path=${model}`, 'engine.backend=wasm', 'engine.threads=1', `corpus.path=${writeSmallCorpus().jsonl}`, 'corpus.minTokens=16', 'corpus.maxTokens=400'],
    ...['engine.lora={rank: 4, alpha: 8, targets: [q_proj, v_proj, o_proj, up_proj, down_proj]}', 'optimiser.learningRate=0.02', 'optimiser.schedule=constant', 'optimiser.warmupSteps=1'],
    ...['run.steps=6', 'run.checkpointEvery=6', 'rollouts.paragraphsPerStep=2', 'rollouts.promptTemplate=short', 'rollouts.maxPromptTokens=600', 'pretraining.formatShare=0'],
  ],
});

async function runIn(directory: string, options: { readonly stopAfter?: number; readonly resume?: boolean } = {}): Promise<RunEvent[]> {
  const engine = await openEngine(config, model);
  const controller = new AbortController();
  const events: RunEvent[] = [];
  try {
    const run = launch(config, { directory, signal: controller.signal, resume: options.resume === true, parts: { engine, tokenizer: createStubTokenizer() } });
    run.events.subscribe((event) => {
      events.push(event);
      if (event.type === 'stage-progress' && event.step === options.stopAfter) controller.abort();
    });
    await run.done;
    return events;
  } finally {
    await engine.close();
  }
}

test('a run with engine.lora lowers its loss, changes nothing of the base, and stopped and resumed ends with the same bytes', async () => {
  const [whole, parted] = [join(folder, 'whole'), join(folder, 'parted')];
  const losses = (await runIn(whole)).flatMap((event) => (event.type === 'step-done' ? [event.report.loss] : []));
  assert.equal(losses.length, 6);
  assert.ok(losses.at(-1)! < losses[0]! - 0.2, losses.join(', '));
  assert.deepEqual(readFileSync(join(model, 'model.safetensors')), baseBytes);

  const stopped = (await runIn(parted, { stopAfter: 3 })).filter((event) => event.type === 'step-done').length;
  assert.ok(stopped > 0 && stopped < 6);
  await runIn(parted, { resume: true });
  const last = (directory: string): string => join(directory, 'checkpoints', 'step-000006');
  const files = readdirSync(last(whole)).sort();
  assert.deepEqual(files.filter((file) => file.endsWith('.safetensors') || file.startsWith('adapter')), ['adapter_config.json', 'adapter_model.safetensors', 'optimizer.safetensors']);
  assert.deepEqual(readdirSync(last(parted)).sort(), files);
  for (const file of files) assert.deepEqual(readFileSync(join(last(parted), file)), readFileSync(join(last(whole), file)), file);
});
