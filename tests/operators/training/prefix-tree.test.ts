import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { PrefixTree, type PrefixNode } from '../../../operators/training/prefix-tree.ts';

const sequences = fc.array(fc.array(fc.nat(2), { minLength: 1, maxLength: 12 }), { maxLength: 12 });

function treeOf(given: readonly (readonly number[])[]): PrefixTree {
  const tree = new PrefixTree();
  for (const sequence of given) tree.add(sequence);
  return tree;
}

function nodesOf(siblings: ReadonlyMap<number, PrefixNode>): PrefixNode[] {
  return [...siblings.values()].flatMap((node) => [node, ...nodesOf(node.children)]);
}

describe('a prefix tree', () => {
  test('holds each beginning of its sequences once', () => {
    fc.assert(
      fc.property(sequences, (given) => {
        const tree = treeOf(given);
        const beginnings = new Set(given.flatMap((sequence) => sequence.map((_, i) => sequence.slice(0, i + 1).join())));
        assert.equal(tree.size, beginnings.size);
        assert.equal(nodesOf(tree.roots).reduce((sum, { tokens }) => sum + tokens.length, 0), beginnings.size);
      }),
    );
  });

  test('leads along each sequence from a root to where it ends', () => {
    fc.assert(
      fc.property(sequences, (given) => {
        const tree = treeOf(given);
        for (const sequence of given) {
          const path = tree.path(sequence);
          const tokens = path.flatMap((node) => node.tokens);
          assert.deepEqual(tokens.slice(0, sequence.length), sequence);
          assert.ok(tokens.length - path.at(-1)!.tokens.length < sequence.length);
          path.reduce((depth, node) => (assert.equal(node.depth, depth), depth + node.tokens.length), 0);
        }
      }),
    );
  });

  test('branches only where its sequences differ, and never in the middle of a node', () => {
    fc.assert(
      fc.property(sequences, (given) => {
        for (const { tokens, children } of nodesOf(treeOf(given).roots)) {
          assert.ok(tokens.length > 0);
          assert.notEqual(children.size, 1);
          for (const [first, child] of children) assert.equal(child.tokens[0], first);
        }
      }),
    );
  });

  test('keeps branches in the order in which they came', () => {
    const tree = treeOf([[1, 2, 3], [1, 5], [1, 2, 4], [0]]);
    assert.deepEqual(nodesOf(tree.roots).map(({ tokens }) => tokens), [[1], [2], [3], [4], [5], [0]]);
  });
});
