import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { attentionTiles, type AttentionTile } from '../../../../../infra/engine/tfjs/model/attention-tile.ts';
import { packShared, type PackedBatch, type PackInput } from '../../../../../infra/engine/tfjs/model/packed-batch.ts';
import { inputSequences } from '../../../../../operators/training/input-sequences.ts';

/** Two letters, and runs of many: sequences share beginnings of all lengths. */
const tokens = (maxRuns: number) =>
  fc.array(fc.tuple(fc.nat(1), fc.integer({ min: 1, max: 150 })), { maxLength: maxRuns }).map((runs) => runs.flatMap(([token, length]) => Array<number>(length).fill(token)));
const inputs: fc.Arbitrary<PackInput[]> = fc.array(
  fc.record({ promptTokens: tokens(4).map((prompt) => [0, ...prompt]), responses: fc.array(tokens(3), { maxLength: 4 }) }),
  { minLength: 1, maxLength: 4 },
);
const windows = fc.option(fc.integer({ min: 1, max: 200 }));

const ways: Readonly<Record<string, typeof attentionTiles>> = {
  'attention tiles': attentionTiles,
  'attention tiles, several trees in one': (batch, window, outputRows) => attentionTiles(batch, window, outputRows, { wholeTreeRows: 200, bunchRows: 300, queriesPerTile: 100, bunchesTrees: true }),
};

for (const [name, cut] of Object.entries(ways)) {
  describe(name, () => {
    test('show each query what it would see in a row of its own, once', () => {
      fc.assert(
        fc.property(inputs, windows, fc.boolean(), (given, window, outputsOnly) => {
          const batch = packShared(given);
          const { queried, seen } = readTiles(batch, cut(batch, window, outputsOnly ? batch.outputRows : null));
          const left = new Set(outputsOnly ? batch.outputRows : batch.tokens.keys());
          for (const rows of sequenceRows(batch, given)) {
            for (const [position, row] of rows.entries()) {
              if (!left.delete(row)) continue;
              const expected = rows.slice(window === null ? 0 : Math.max(0, position - window + 1), position + 1);
              assert.deepEqual([queried[row], [...seen[row]!].sort((a, b) => a - b)], [1, expected]);
            }
          }
          assert.deepEqual([left.size, queried.every((times) => times <= 1)], [0, true]);
        }),
        { numRuns: 25 },
      );
    });

    test('leave out queries whose result nobody asks for', () => {
      const batch = packShared([{ promptTokens: Array<number>(300).fill(0), responses: [[1, 2], [3]] }]);
      const queries = (outputRows: Int32Array | null) => cut(batch, null, outputRows).reduce((sum, tile) => sum + tile.queries.count, 0);
      assert.deepEqual([queries(null), queries(batch.outputRows)], [301, 2]);
    });
  });
}

interface Shown {
  readonly queried: readonly number[]; // times, by row
  readonly seen: readonly ReadonlySet<number>[]; // rows, by row
}

function readTiles(batch: PackedBatch, tiles: readonly AttentionTile[]): Shown {
  const queried = Array.from(batch.tokens, () => 0);
  const seen = Array.from(batch.tokens, () => new Set<number>());
  for (const { queries, keys, keyCount, mask } of tiles) {
    const keyRows = keys.flatMap(({ start, count }) => Array.from({ length: count }, (_, i) => start + i));
    assert.equal(keyRows.length, keyCount);
    for (let q = 0; q < queries.count; q++) {
      queried[queries.start + q]! += 1;
      keyRows.forEach((row, k) => {
        if (mask === null || mask[q * keyCount + k] === 0) seen[queries.start + q]!.add(row);
      });
    }
  }
  return { queried, seen };
}

/** The rows of each sequence in order, along the pack's trees: those that see its last row are the ones on its path. */
function sequenceRows({ tokens: packed, positions, ends, trees }: PackedBatch, given: readonly PackInput[]): number[][] {
  return given.flatMap(({ promptTokens, responses }) =>
    inputSequences(promptTokens, responses).map((sequence) => {
      const rows: number[] = [];
      for (let nodes = trees; rows.length < sequence.length; ) {
        const node = nodes.find(({ start }) => packed[start] === sequence[rows.length])!;
        for (let i = 0; i < node.count && rows.length < sequence.length; i++) rows.push(node.start + i);
        nodes = node.children;
      }
      const last = rows.at(-1)!;
      assert.deepEqual(rows.map((row) => packed[row]), sequence);
      assert.deepEqual(rows.map((row) => positions[row]), [...sequence.keys()]);
      assert.deepEqual(Array.from(packed.keys()).filter((row) => row <= last && last < ends[row]!), rows);
      return rows;
    }),
  );
}
