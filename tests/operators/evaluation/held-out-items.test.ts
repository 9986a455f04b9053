import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseClozeItems, parseProbeItems } from '../../../operators/evaluation/held-out-items.ts';
import { spreadItems } from '../../../operators/evaluation/spread-items.ts';
import { PretrainZeroError } from '../../../schemas/pretrain-zero-error.ts';

const cloze = { id: 'a', title: 'Loire', paragraph: '12/0', text: 'It rises in France.', start: 12, end: 18, mask: 'France', class: 'knowledge' };
const probe = { id: 'p', title: 'Loire', text: 'It rises in France.', spans: [{ start: 12, end: 18, class: 'knowledge', kind: 'country' }] };
const lines = (...items: object[]) => items.map((item) => JSON.stringify(item)).join('\n');
const malformed = (line: number | undefined, message: RegExp) => (error: unknown) =>
  error instanceof PretrainZeroError && error.code === 'INPUT_MALFORMED' && error.place.line === line && error.place.file === 'x.jsonl' && message.test(error.message);

describe('held-out items', () => {
  test('are read line by line, blank lines skipped', () => {
    assert.deepEqual(parseClozeItems(`${lines(cloze)}\n\n${lines({ ...cloze, id: 'b' })}\n`, 'x.jsonl').map((item) => item.id), ['a', 'b']);
    assert.deepEqual(parseProbeItems(lines(probe), 'x.jsonl'), [probe]);
  });

  test('a wrong line is named with its file', () => {
    assert.throws(() => parseClozeItems(`${lines(cloze)}\n{`, 'x.jsonl'), malformed(2, /not a held-out item/));
    assert.throws(() => parseClozeItems(lines(cloze, { ...cloze, id: 'b', mask: 7 }), 'x.jsonl'), malformed(2, /mask: /));
    assert.throws(() => parseClozeItems(lines({ ...cloze, start: 11 }), 'x.jsonl'), malformed(1, /from 11 to 18 is not the mask "France"/));
    assert.throws(() => parseClozeItems(lines(cloze, cloze), 'x.jsonl'), malformed(2, /"a" comes twice/));
    assert.throws(() => parseProbeItems(lines({ ...probe, spans: [{ start: 5, end: 99, class: 'x' }] }), 'x.jsonl'), malformed(1, /from 5 to 99/));
    assert.throws(() => parseProbeItems('\n', 'x.jsonl'), malformed(undefined, /no held-out items/));
  });
});

describe('spreadItems', () => {
  const items = Array.from('aaaaaaaabbbbc').map((name, i) => ({ class: name, i }));
  const chosen = (maxItems: number) => spreadItems(items, maxItems).map((item) => item.class).join('');

  test('takes as equal a number of each class as there are, in the order of the file', () => {
    assert.equal(chosen(3), 'abc');
    assert.equal(chosen(7), 'aaabbbc');
    assert.equal(chosen(11), 'aaaaaabbbbc');
    assert.equal(chosen(99), 'aaaaaaaabbbbc');
  });

  test('spreads within a class over the file, the same each time', () => {
    assert.deepEqual(spreadItems(items, 6).filter((item) => item.class === 'a').map((item) => item.i), spreadItems(items, 6).filter((item) => item.class === 'a').map((item) => item.i));
    assert.deepEqual(spreadItems(items.slice(0, 8), 2).map((item) => item.i), [2, 6]);
  });
});
