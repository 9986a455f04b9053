import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createMemoryTopic } from '../../../infra/topics/memory-topic.ts';
import { approximateBytes } from '../../../infra/topics/approximate-bytes.ts';

test('messages come out in the order in which they went in, wherever the reader joins and whatever is acknowledged', () => {
  const action = fc.constantFrom('publish', 'acknowledge', 'read');
  fc.assert(
    fc.property(fc.array(action, { maxLength: 60 }), (actions) => {
      const topic = createMemoryTopic<string>({ name: 'words' });
      const sent: string[] = [];
      const seen: string[] = [];
      let acknowledged = 0;
      let peak = 0;
      let reading = false;
      for (const act of actions) {
        if (act === 'publish') {
          sent.push(`word ${sent.length}`);
          topic.publish(sent.at(-1)!);
        } else if (act === 'acknowledge' && acknowledged < sent.length) {
          topic.acknowledge();
          acknowledged += 1;
        } else if (act === 'read' && !reading) {
          reading = true;
          topic.messages().subscribe((message) => seen.push(message));
        }
        peak = Math.max(peak, sent.length - acknowledged);
        if (reading) assert.deepEqual(seen, sent);
        const state = topic.state();
        assert.deepEqual([state.published, state.acknowledged, state.peakWaiting], [sent.length, acknowledged, peak]);
        const size = (words: string[]): number => words.reduce((sum, word) => sum + approximateBytes(word), 0);
        assert.deepEqual([state.bytes, state.waitingBytes], [size(sent), size(sent.slice(acknowledged))]);
      }
    }),
  );
});

test('a message that its check refuses is not published', () => {
  const topic = createMemoryTopic<number>({
    name: 'numbers',
    check: (n) => {
      if (n < 0) throw new RangeError('negative');
    },
  });
  assert.throws(() => topic.publish(-1), /negative/);
  assert.equal(topic.state().published, 0);
});

test('an acknowledgement too many is an error', () => {
  const topic = createMemoryTopic<number>({ name: 'numbers' });
  topic.publish(1);
  topic.acknowledge();
  assert.throws(() => topic.acknowledge(), { code: 'LEDGER_UNBALANCED', message: /numbers/ });
});

test('a list of numbers is sized by its length', () => {
  assert.equal(approximateBytes(Array.from({ length: 1000 }, () => 1)), 8008);
  assert.equal(approximateBytes({ tokens: [1, 2], text: 'abc', none: null }), 8 + 24 + 14 + 8);
  assert.equal(approximateBytes([{ a: 1 }, { a: 1 }]), 8 + 16 + 32);
});
