/* What a log of entropies holds, and where an alteration of it shows. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { Difference } from '../../../operators/replay/difference.ts';
import type { LoggedStep, StepLog } from '../../../operators/ports/step-log.ts';
import { replay } from '../../../pipelines/replay.ts';
import { statelessAnswer } from '../../stateless-answer.ts';
import { stubConfig } from '../../stub-config.ts';
import { createStubEngine } from '../../stub-engine.ts';
import { rememberedLog, withAlteredField } from './altered-log.ts';
import { loggedStubRun, stubParts } from './logged-stub-run.ts';

let directory = '';
let log: StepLog & { readonly all: readonly LoggedStep[] };
before(async () => {
  const config = stubConfig({ pipeline: 'entropy-ntp', run: { steps: 2 }, rollouts: { masksPerParagraph: 3 } });
  directory = await loggedStubRun(config, { engine: createStubEngine({ respond: statelessAnswer }) });
  log = await rememberedLog(directory);
});

async function differenceWith(alter: (entropies: readonly number[]) => unknown): Promise<Difference | null> {
  const altered = withAlteredField(log, 1, 'paragraphs', 0, 'tokenEntropies', (old) => alter(old as readonly number[]));
  return (await replay(directory, { steps: '1', parts: { ...stubParts, log: altered } }).done).difference;
}

test('an entropy for each token of each text is logged', () => {
  for (const { tables } of log.all) for (const { tokenEntropies, tokenCount } of tables.paragraphs) assert.equal(tokenEntropies?.length, tokenCount);
});

test('entropies that make another choice show in what was chosen', async () => {
  const difference = await differenceWith((entropies) => entropies.map((entropy) => 3 - entropy));
  assert.equal(difference?.table, 'passages');
});

test('entropies that are gone, or more than there are tokens, show where they stand', async () => {
  for (const alter of [() => null, (entropies: readonly number[]) => [...entropies, 1]]) {
    const difference = await differenceWith(alter);
    assert.deepEqual([difference?.table, difference?.row, difference?.field?.replace('.length', '')], ['paragraphs', 0, 'tokenEntropies']);
  }
});

test('a key that decides what is drawn is refused, as no log holds what was not asked', async () => {
  for (const key of ['masks.topShare=0.5', 'masks.minContextTokens=3']) await assert.rejects(replay(directory, { set: [key], parts: stubParts }).done, { code: 'USAGE', message: /decides what is sampled/ });
});
