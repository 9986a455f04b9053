/*
 * Logs that earlier versions wrote, and that every later one must replay. See tests/fixtures/logs/write-log.ts.
 */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { replay } from '../../../pipelines/replay.ts';
import { fixturePath } from '../../fixtures/fixture-path.ts';
import { createStubTokenizer } from '../../stub-tokenizer.ts';

const folder = fixturePath('logs');
const stored = readdirSync(folder).filter((name) => name.startsWith('version-'));

test('there is a stored log', () => assert.ok(stored.includes('version-1')));

for (const name of stored) {
  test(`the stored log ${name} replays to the bit`, async () => {
    const outcome = await replay(join(folder, name), { parts: { tokenizer: createStubTokenizer() } }).done;
    assert.equal(outcome.difference, null);
    assert.deepEqual([outcome.steps, outcome.rollouts > 50], [3, true]);
  });

  test(`the stored log ${name} answers a what-if`, async () => {
    const { changes } = await replay(join(folder, name), { set: ['masks.maxOccurrences=2'], parts: { tokenizer: createStubTokenizer() } }).done;
    assert.ok((changes?.masks.after['too-many-occurrences'] ?? 0) > (changes?.masks.before['too-many-occurrences'] ?? 0));
  });
}
