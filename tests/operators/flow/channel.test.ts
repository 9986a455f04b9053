import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createChannel } from '../../../operators/flow/channel.ts';

test('what was sent before the reader came is read first, then what comes live', () => {
  const channel = createChannel<number>('numbers');
  const seen: (number | string)[] = [];
  channel.next(1);
  channel.next(2);
  channel.messages.subscribe({ next: (n) => seen.push(n), complete: () => seen.push('end') });
  channel.next(3);
  channel.complete();
  assert.deepEqual(seen, [1, 2, 3, 'end']);
});

test('a reader that sends while it reads the early messages finds its own behind them', () => {
  const channel = createChannel<number>('numbers');
  const seen: number[] = [];
  channel.next(1);
  channel.next(2);
  channel.messages.subscribe((n) => {
    seen.push(n);
    if (n < 10) channel.next(n * 10);
  });
  assert.deepEqual(seen, [1, 2, 10, 20]);
});

test('an error sent early reaches the reader', () => {
  const channel = createChannel<number>('numbers');
  channel.error(new Error('cut'));
  let message = '';
  channel.messages.subscribe({ error: (error: Error) => (message = error.message) });
  assert.equal(message, 'cut');
});

test('a second reader is refused', () => {
  const channel = createChannel<number>('numbers');
  channel.messages.subscribe();
  let code = '';
  channel.messages.subscribe({ error: (error: { code: string }) => (code = error.code) });
  assert.equal(code, 'USAGE');
});
