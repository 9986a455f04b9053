import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { packedWorkload, stepWorkload, unpackedWorkload } from './workload.ts';

const vocabularySize = 4096;

describe('The workload', () => {
  const step = stepWorkload(vocabularySize, 2, 8);

  test('of a step has one mask prompt and eight masked passages a paragraph, all of one length', () => {
    assert.deepEqual([step.maskPrompts.length, step.predictionPrompts.length], [2, 16]);
    assert.deepEqual(new Set([...step.maskPrompts, ...step.predictionPrompts].map(({ length }) => length)), new Set([128]));
  });

  test('has passages of a paragraph that share what stands before the first of their masks, and no others', () => {
    const [first, second, ...others] = step.predictionPrompts;
    assert(sharedPrefix(first!, second!) > 16, 'more than the instruction');
    assert.equal(sharedPrefix(first!, others.at(-1)!), 16);
    const shares = Array.from({ length: 7 }, (_, i) => sharedPrefix(step.predictionPrompts[i]!, step.predictionPrompts[i + 1]!));
    assert.deepEqual(shares, shares.toSorted((a, b) => a - b), 'longer the later the mask');
  });

  test('has tokens of the vocabulary, none of them the end of text', () => {
    const rows = unpackedWorkload(vocabularySize, 8, 8).groups.flatMap(({ promptTokens, responses }) => [...promptTokens, ...responses.flat()]);
    assert.equal(rows.length, 8 * 192);
    assert(rows.every((token) => token > 0 && token < vocabularySize));
  });

  test('of packed training is the eight passages of a paragraph, eight responses each', () => {
    const { groups } = packedWorkload(vocabularySize, 8);
    assert.deepEqual(groups.map(({ promptTokens, responses }) => [promptTokens.length, ...responses.map(({ length }) => length)]), Array(8).fill([128, ...Array<number>(8).fill(64)]));
    assert.equal(new Set(groups.flatMap(({ responses }) => responses.map(String))).size, 64);
  });
});

function sharedPrefix(a: readonly number[], b: readonly number[]): number {
  const first = a.findIndex((token, i) => token !== b[i]);
  return first === -1 ? a.length : first;
}
