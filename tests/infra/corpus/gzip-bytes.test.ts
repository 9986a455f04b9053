import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { test } from 'node:test';
import { gzipBytes } from '../../../infra/corpus/gzip-bytes.ts';
import { fileStart, pointIn, type ByteDamage, type ReadPoint } from '../../../operators/corpus/byte-stream.ts';
import type { InputFile } from '../../../operators/corpus/input-file.ts';
import { memoryFile } from '../../memory-file.ts';

async function decode(file: InputFile, from: ReadPoint = fileStart): Promise<{ text: string; damage: ByteDamage[]; points: ReadPoint[] }> {
  let text = '';
  const damage: ByteDamage[] = [];
  const points: ReadPoint[] = [];
  for await (const chunk of gzipBytes(file).chunks(from)) {
    if (chunk.kind === 'damage') damage.push(chunk);
    else {
      text += Buffer.from(chunk.bytes).toString('latin1');
      points.push(pointIn(chunk, 0));
    }
  }
  return { text, damage, points };
}

const long = Array.from({ length: 60_000 }, (_, i) => `line ${i}\n`).join('');
const packed = Buffer.concat([gzipSync(long), gzipSync('the second member')]);

test('all members come out, and reading can begin again', async () => {
  const whole = await decode(memoryFile('x.gz', packed));
  assert.equal(whole.text, `${long}the second member`);
  for (const point of whole.points.filter((_, i) => i % 7 === 0)) {
    assert.equal((await decode(memoryFile('x.gz', packed), point)).text, whole.text.slice(point.skip));
  }
});

test('a cut or damaged file gives what can be read and one damage event', async () => {
  const cut = await decode(memoryFile('x.gz', packed.subarray(0, 60_000)));
  assert.ok(cut.text.length > 1000 && long.startsWith(cut.text));
  assert.deepEqual(cut.damage.map(({ code, next }) => [code, next]), [['INPUT_TRUNCATED', null]]);
  const none = await decode(memoryFile('x.gz', 'no gzip'));
  assert.deepEqual(none.damage.map(({ code }) => code), ['INPUT_MALFORMED']);
});

test('an error of the file itself is passed on', async () => {
  const failing: InputFile = { ...memoryFile('x.gz', packed), read: () => Promise.reject(new Error('disk gone')) };
  await assert.rejects(decode(failing), /disk gone/);
});

test('reading can stop early', async () => {
  for await (const chunk of gzipBytes(memoryFile('x.gz', packed)).chunks(fileStart)) {
    assert.equal(chunk.kind, 'bytes');
    break;
  }
});
