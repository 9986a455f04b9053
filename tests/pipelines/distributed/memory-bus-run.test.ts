import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { loadPromptTemplate } from '../../../pipelines/load-prompt-template.ts';
import { launch } from '../../../pipelines/launch.ts';
import type { Config } from '../../../schemas/config/config.ts';
import { filesOf } from '../../faults/killed-run.ts';
import { createMemoryBroker } from '../../memory-bus.ts';
import { statelessAnswer } from '../../stateless-answer.ts';
import { stubConfig } from '../../stub-config.ts';
import { createStubEngine } from '../../stub-engine.ts';
import { createStubParagraphSource } from '../../stub-paragraph-source.ts';
import { createStubTokenizer } from '../../stub-tokenizer.ts';
import { newDirectory } from '../stub-run.ts';
import { startDistributedRun } from './distributed-run.ts';

const newSource = () => createStubParagraphSource({ letterEvery: 4 });

async function inMemory(config: Config): Promise<Map<string, Buffer | string>> {
  const directory = join(newDirectory(), 'run');
  const tokenizer = createStubTokenizer();
  const engine = createStubEngine({ respond: statelessAnswer });
  const template = await loadPromptTemplate('short', tokenizer);
  await launch(config, { directory, parts: { tokenizer, engine, template, source: newSource(), heldOut: { cloze: [], probe: [] } } }).done;
  return filesOf(directory);
}

test('over topics, one worker a stage, the run folder is that of one process', async () => {
  const config = stubConfig();
  const expected = await inMemory(config);
  const directory = join(newDirectory(), 'run');
  const broker = createMemoryBroker();
  const run = await startDistributedRun({ config, directory, newSource, connect: () => Promise.resolve(broker.connect()) });
  const outcome = await run.outcome;
  assert.deepEqual({ kind: outcome.kind, step: outcome.step }, { kind: 'completed', step: 6 });
  assert.deepEqual(filesOf(directory), expected);
});
