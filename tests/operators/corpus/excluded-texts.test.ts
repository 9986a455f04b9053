import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ExcludedTexts, parseExcludedTexts } from '../../../operators/corpus/excluded-texts.ts';
import { shuffleWindow } from '../../../operators/corpus/shuffle-window.ts';
import { isPretrainZeroError } from '../../is-error.ts';

test('a text is excluded whatever its case, spaces and punctuation, and no other', () => {
  const excluded = new ExcludedTexts(['Gold is a metal; its symbol is Au.', '...']);
  assert.ok(excluded.has('gold is a metal – its  symbol is “Au”'));
  assert.ok(!excluded.has('Gold is a metal; its symbol is Ag.'));
  assert.ok(!excluded.has('!!!'));
});

test('held-out items are read from JSON Lines, and a wrong line is named', () => {
  assert.deepEqual(parseExcludedTexts('{"text":"A","id":1}\n\n{"text":"B"}\n', 'x.jsonl'), ['A', 'B']);
  assert.throws(() => parseExcludedTexts('{"text":"A"}\n{"txt":1}', 'x.jsonl'), (error: Error) => isPretrainZeroError(error, 'INPUT_MALFORMED') && error.message.includes('x.jsonl, line 2'));
});

test('the order of a window is a function of seed, epoch and window', () => {
  const items = Array.from({ length: 50 }, (_, i) => i);
  const order = (seed: number, epoch: number, window: number): string => shuffleWindow(items, { seed, epoch, window }).join();
  const orders = [order(1, 0, 0), order(2, 0, 0), order(1, 1, 0), order(1, 0, 1), items.join()];
  assert.equal(new Set(orders).size, 5);
  assert.equal(order(1, 0, 0), orders[0]);
  assert.deepEqual(shuffleWindow(items, { seed: 1, epoch: 0, window: 0 }).sort((a, b) => a - b), items);
});
