import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loggedEntropies } from '../../../operators/replay/logged-entropies.ts';

const entropies = loggedEntropies([{ id: 'a', tokenEntropies: [1, 2, 3] }, { id: 'b', tokenEntropies: null }]);
const text = (id: string | undefined, tokens: number[]) => ({ promptTokens: [1], tokens, ...(id !== undefined && { id }) });

test('a text has the entropies that were logged for it, as many as it has tokens; none where the log has none', async () => {
  assert.deepEqual(await entropies([text('b', [5]), text('a', [5, 6]), text('c', [5])]), [[], [1, 2], []]);
});

test('a stage that asks without ids cannot be answered', () => {
  assert.throws(() => entropies([text(undefined, [5])]), { code: 'USAGE', message: /EntropyText\.id/ });
});
