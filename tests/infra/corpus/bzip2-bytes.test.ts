import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { bzip2Bytes } from '../../../infra/corpus/bzip2-bytes.ts';
import { fileStart, pointIn, type ByteDamage, type ReadPoint } from '../../../operators/corpus/byte-stream.ts';
import { compress } from '../../../pipelines/sample/bzip2/compress.ts';
import { samplePath } from '../../../pipelines/resolve-sample.ts';
import { memoryFile } from '../../memory-file.ts';
import { sharedFile } from '../../shared-file.ts';

async function decode(bytes: Uint8Array, from: ReadPoint = fileStart): Promise<{ text: string; damage: ByteDamage[] }> {
  const pieces: Buffer[] = [];
  const damage: ByteDamage[] = [];
  for await (const chunk of bzip2Bytes(memoryFile('x.bz2', bytes)).chunks(from)) {
    if (chunk.kind === 'damage') damage.push(chunk);
    else pieces.push(Buffer.from(chunk.bytes));
  }
  return { text: Buffer.concat(pieces).toString('latin1'), damage };
}

const pseudoRandom = (length: number, seed: number): Buffer => {
  const bytes = Buffer.alloc(length);
  let state = seed;
  for (let i = 0; i < length; i++) bytes[i] = (state = (Math.imul(state, 1103515245) + 12345) >>> 0) >>> 24;
  return bytes;
};

test('what was compressed comes out again, whatever the bytes', async () => {
  const bytes = fc.oneof(fc.uint8Array({ maxLength: 400 }), fc.array(fc.constantFrom(0, 0, 0, 0, 1), { maxLength: 2000 }).map((a) => Uint8Array.from(a)));
  await fc.assert(
    fc.asyncProperty(bytes, async (data) => {
      const { text, damage } = await decode(compress(data));
      assert.deepEqual(damage, []);
      assert.equal(text, Buffer.from(data).toString('latin1'));
    }),
    { numRuns: 60 },
  );
});

test('all streams of a file are read, and each chunk names the stream that holds it', async () => {
  const streams = ['first '.repeat(50), 'second '.repeat(50), '', 'third'].map((text) => compress(Buffer.from(text)));
  const starts = streams.map((_, i) => streams.slice(0, i).reduce((sum, stream) => sum + stream.length, 0));
  const seen: [string, number][] = [];
  for await (const chunk of bzip2Bytes(memoryFile('x.bz2', Buffer.concat(streams))).chunks(fileStart)) {
    assert.ok(chunk.kind === 'bytes');
    seen.push([Buffer.from(chunk.bytes.subarray(0, 5)).toString(), chunk.byteOffset]);
  }
  assert.deepEqual(seen, [['first', starts[0]], ['secon', starts[1]], ['third', starts[3]]]);
});

test('reading can begin again at any byte', async () => {
  const data = Buffer.concat([pseudoRandom(3000, 1), Buffer.alloc(5000, 65), pseudoRandom(200, 2)]);
  const file = Buffer.concat([compress(data.subarray(0, 2500)), compress(data.subarray(2500))]);
  const points: ReadPoint[] = [];
  for await (const chunk of bzip2Bytes(memoryFile('x.bz2', file)).chunks(fileStart)) {
    if (chunk.kind === 'bytes') for (let i = 0; i < chunk.bytes.length; i++) points.push(pointIn(chunk, i));
  }
  assert.equal(points.length, data.length);
  for (let i = 0; i < points.length; i += 331) {
    const { text } = await decode(file, points[i]);
    assert.equal(text, data.toString('latin1', i));
  }
});

test('a flipped bit costs its block: the damage names the byte, and the next stream is read', async () => {
  const first = compress(pseudoRandom(4000, 3));
  const second = compress(Buffer.from('the second stream'));
  for (const at of [4, 12, 60, Math.floor(first.length / 2), first.length - 30]) {
    const broken = Buffer.concat([first, second]);
    broken[at]! ^= 16;
    const { text, damage } = await decode(broken);
    assert.equal(text, 'the second stream', `byte ${at}`);
    assert.equal(damage[0]?.code, 'INPUT_MALFORMED');
    assert.equal(damage[0].byteOffset, 4);
    assert.equal(damage[0].next?.byteOffset, first.length);
  }
});

test('a file that ends within a block is truncated there, and what came before is given', async () => {
  const first = compress(Buffer.from('whole'));
  const second = compress(pseudoRandom(2000, 4));
  const { text, damage } = await decode(Buffer.concat([first, second.subarray(0, 1000)]));
  assert.equal(text, 'whole');
  assert.deepEqual([damage.length, damage[0]?.code, damage[0]?.next], [1, 'INPUT_TRUNCATED', null]);
  assert.equal(damage[0]?.byteOffset, first.length + 4);
});

test('what is no bzip2 data is one damage event', async () => {
  const { text, damage } = await decode(Buffer.from('<mediawiki>not compressed</mediawiki>'));
  assert.equal(text, '');
  assert.match(damage[0]!.message, /not bzip2 data/);
  assert.deepEqual(await decode(Buffer.alloc(0)), { text: '', damage: [] });
});

test('a block that expands a thousandfold comes in bounded pieces', async () => {
  const size = 20_000_000;
  let longest = 0;
  let total = 0;
  for await (const chunk of bzip2Bytes(memoryFile('x.bz2', compress(new Uint8Array(size)))).chunks(fileStart)) {
    assert.ok(chunk.kind === 'bytes');
    longest = Math.max(longest, chunk.bytes.length);
    total += chunk.bytes.length;
    assert.ok(chunk.bytes.every((byte) => byte === 0));
  }
  assert.equal(total, size);
  assert.ok(longest <= 4 << 20, `${longest} bytes at once`);
});

test('the system bzip2 gives the same bytes', { skip: spawnSync('bzip2', ['--version']).error !== undefined && 'no bzip2 on this machine' }, async () => {
  const dump = sharedFile('data', 'enwiki-table-markup.xml.bz2');
  for (const path of [samplePath('corpus'), ...(dump === null ? [] : [dump])]) {
    const digest = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex');
    const { text, damage } = await decode(readFileSync(path));
    assert.deepEqual(damage, []);
    assert.equal(digest(Buffer.from(text, 'latin1')), digest(execFileSync('bzip2', ['-dc', path], { maxBuffer: 2 ** 30 })));
  }
});
