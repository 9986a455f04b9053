import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { loadConfig } from '../../infra/config/load-config.ts';
import { nodeFileSystem } from '../../infra/file-system/node-file-system.ts';
import { openSamples } from '../../infra/sample-log/read-samples.ts';
import { launch } from '../../pipelines/launch.ts';
import { samplePath } from '../../pipelines/resolve-sample.ts';
import type { RunEvent } from '../../pipelines/run-events.ts';
import { newDirectory } from './stub-run.ts';

/** Questions on the invented atlas, in the form that the bundled base model knows: a passage with the answer hidden. */
function writeQuestions(): string {
  const file = join(newDirectory(), 'questions.jsonl');
  const items = readFileSync(samplePath('heldOut', 'atlas'), 'utf8').trimEnd().split('\n').map((line) => JSON.parse(line) as { id: string; title: string; text: string; start: number; end: number; mask: string });
  const rows = items.slice(0, 60).map(({ id, title, text, start, end, mask }) => ({ id, question: `${title}: ${text.slice(0, start)}[mask]${text.slice(end)}`, answer: mask }));
  writeFileSync(file, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  return file;
}

test('two real steps from the bundled base model: answers are sampled, verified and learned from', async () => {
  const set = [
    ...['model.path=sample', `corpus.path=${writeQuestions()}`, 'run.steps=2', 'verifier.kind=exact', 'optimiser.learningRate=1e-4', 'optimiser.warmupSteps=0', 'engine.threads=1'],
    ...['rollouts.promptTemplate=short', 'rollouts.paragraphsPerStep=12', 'rollouts.predictionsPerMask=6', 'rollouts.maxPromptTokens=320', 'rollouts.maxPredictionResponseTokens=24'],
  ];
  const { config } = await loadConfig('post-training', { set, folder: newDirectory() });
  const directory = join(newDirectory(), 'run');
  const run = launch(config, { directory });
  const steps: Extract<RunEvent, { type: 'step-done' }>[] = [];
  run.events.subscribe((event) => event.type === 'step-done' && steps.push(event));
  assert.equal((await run.done).kind, 'completed');
  const reader = await openSamples(nodeFileSystem, directory);
  const groups = (await Promise.all(reader.steps.map((step) => reader.samples(step)))).flat().flatMap((sample) => sample.groups);
  assert.equal(groups.length, 24);
  assert.ok(groups.some(({ rewards }) => rewards.some((reward) => reward === 1)), 'the base model knows some answers');
  assert.ok(groups.some(({ kept }) => kept), 'and not all');
  assert.equal(steps.length, 2);
  assert.ok(steps.every(({ report }) => report.gradientNorm !== null && report.gradientNorm > 0));
});
