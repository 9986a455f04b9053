import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { attentionTiles, promptOwner, type PackedGroup } from '../../../../../infra/engine/tfjs/model/attention-tile.ts';
import { packBatch } from '../../../../../infra/engine/tfjs/model/packed-batch.ts';

const groups = fc.array(
  fc.record({ prompt: fc.integer({ min: 1, max: 320 }), responses: fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 5 }) }),
  { minLength: 1, maxLength: 3 },
);

describe('attention tiles', () => {
  test('show each query exactly what the block attention mask lets it see, once', () => {
    fc.assert(
      fc.property(groups, fc.option(fc.integer({ min: 1, max: 200 })), fc.boolean(), (sizes, window, outputsOnly) => {
        const batch = packBatch(sizes.map(({ prompt, responses }) => ({ promptTokens: Array<number>(prompt).fill(0), responses: responses.map((n) => Array<number>(n).fill(0)) })));
        const seen = Array.from(batch.tokens, () => new Set<number>());
        const queried = Array.from(batch.tokens, () => 0);
        for (const { queries, keys, keyCount, mask } of attentionTiles(batch.groups, window, outputsOnly)) {
          const keyRows = keys.flatMap(({ start, count }) => Array.from({ length: count }, (_, i) => start + i));
          assert.equal(keyRows.length, keyCount);
          for (let q = 0; q < queries.count; q++) {
            queried[queries.start + q]! += 1;
            keyRows.forEach((row, k) => {
              if (mask === null || mask[q * keyCount + k] === 0) seen[queries.start + q]!.add(row);
            });
          }
        }
        for (const group of batch.groups) {
          for (let query = 0; query < group.length; query++) {
            const row = group.start + query;
            if (outputsOnly && query < group.promptLength - 1) continue;
            assert.equal(queried[row], 1);
            assert.deepEqual([...seen[row]!].sort((a, b) => a - b), visibleRows(group, query, window));
          }
        }
      }),
      { numRuns: 25 },
    );
  });
});

/** By definition: earlier, of the prompt or the same response, within the window. */
function visibleRows({ owners, positions, start }: PackedGroup, query: number, window: number | null): number[] {
  const rows: number[] = [];
  for (let key = 0; key <= query; key++) {
    const isMine = owners[key] === promptOwner || owners[key] === owners[query];
    if (isMine && (window === null || positions[query]! - positions[key]! < window)) rows.push(start + key);
  }
  return rows;
}
