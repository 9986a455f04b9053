import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { configJsonSchema } from '../../../infra/config/config-json-schema.ts';
import { configKeys, keySchema } from '../../../infra/config/config-keys.ts';
import { bundledConfigFile, bundledConfigNames } from '../../../infra/config/config-paths.ts';
import { loadConfig } from '../../../infra/config/load-config.ts';
import { packageRoot } from '../../../infra/setup/package-root.ts';

test('every bundled config loads, and points editors at the schema', async () => {
  const names = bundledConfigNames();
  assert.ok(names.includes('base') && names.includes('quickstart'));
  for (const name of names) {
    await loadConfig(name);
    assert.match(readFileSync(bundledConfigFile(name), 'utf8'), /^# yaml-language-server: \$schema=\.\/config\.schema\.json\n/, name);
  }
});

test('runs of the bundled configs are named after them, so that their folders differ', async () => {
  for (const name of bundledConfigNames().filter((each) => each !== 'base')) assert.equal((await loadConfig(name)).config.run.name, name);
});

test('the schema for editors is what the config is checked against (else: `pretrainzero schema > pipelines/configs/config.schema.json`)', () => {
  const file = join(packageRoot(), 'pipelines', 'configs', 'config.schema.json');
  assert.equal(readFileSync(file, 'utf8'), configJsonSchema());
});

test('the schema for editors allows to leave out every key, and no other keys', () => {
  const text = configJsonSchema();
  assert.doesNotMatch(text, /"required"/);
  const schema = JSON.parse(text) as { additionalProperties: boolean; properties: Record<string, { additionalProperties?: boolean }> };
  assert.equal(schema.additionalProperties, false);
  assert.equal(schema.properties.run?.additionalProperties, false);
  assert.ok('extends' in schema.properties);
});

test('every key says what it is for', () => {
  for (const key of configKeys) assert.ok((keySchema(key)?.description ?? '') !== '', key);
});

test('the paper config is the paper', async () => {
  const { rollouts, optimiser, grpo, run, masks } = (await loadConfig('paper-qwen3-4b')).config;
  assert.deepEqual([rollouts.paragraphsPerStep, rollouts.masksPerParagraph, rollouts.predictionsPerMask], [32, 8, 8]);
  assert.deepEqual([rollouts.maxPromptTokens, rollouts.maxMaskResponseTokens, rollouts.maxPredictionResponseTokens], [1536, 4096, 4096]);
  assert.deepEqual([optimiser.learningRate, optimiser.schedule, run.steps], [5e-7, 'cosine', 2000]);
  assert.deepEqual([grpo.clipLow, grpo.clipHigh, masks.regularise, masks.maxOccurrences], [0.2, 0.28, 'default', 8]);
});

test('the quickstart for random spans differs from the quickstart by its pipeline alone', async () => {
  const { config: learned } = await loadConfig('quickstart');
  const { config: random } = await loadConfig('quickstart-random-span');
  assert.deepEqual({ ...random, run: learned.run }, { ...learned, pipeline: 'random-span' });
  assert.deepEqual({ ...random.run, name: '' }, { ...learned.run, name: '' });
});
