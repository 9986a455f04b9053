import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compress } from '../../../pipelines/sample/bzip2/compress.ts';
import { Random } from '../../../pipelines/sample/prose/random.ts';
import { decompress } from './sample-files.ts';

const random = new Random('bzip2 test');
const cases: Record<string, Buffer> = {
  'one byte': Buffer.from('a'),
  'one byte many times': Buffer.alloc(5000, 0x41),
  'runs of every length around 4 and 259': Buffer.concat([3, 4, 5, 258, 259, 260, 600].map((n, i) => Buffer.alloc(n, 0x61 + i))),
  'a period': Buffer.from('abab'.repeat(900)),
  'all bytes': Buffer.from(Array.from({ length: 2048 }, (_, i) => i % 256)),
  'noise': Buffer.from(Array.from({ length: 40_000 }, () => random.between(0, 255))),
  'words': Buffer.from(Array.from({ length: 9000 }, () => random.pick(['river', 'lake', 'moon', ' of ', '. '])).join('')),
  'more than one block': Buffer.from(Array.from({ length: 760_000 }, (_, i) => (i >> 3) % 251)),
};

for (const [name, data] of Object.entries(cases)) {
  test(`another decoder gives back ${name}`, async () => {
    assert.ok((await decompress(compress(data))).equals(data));
  });
}

test('streams one after the other decode to all their content', async () => {
  const both = Buffer.concat([compress(Buffer.from('first ')), compress(Buffer.from('second'))]);
  assert.equal((await decompress(both)).toString(), 'first second');
});
