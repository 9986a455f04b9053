import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { asWriteError, writeDurably } from '../../../../infra/engine/model-files/write-durably.ts';
import { hasCode } from './has-code.ts';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'durable-'));
  path = join(folder, 'file');
});
afterEach(() => rm(folder, { recursive: true }));

test('the pieces are written one after the other', async () => {
  await writeDurably(path, [Buffer.from('one '), Buffer.alloc(0), Buffer.from('two')]);
  assert.equal(await readFile(path, 'utf8'), 'one two');
});

test('a write that fails leaves the old file and nothing else', async () => {
  await writeFile(path, 'old');
  await assert.rejects(writeDurably(path, failing()), /boom/u);
  assert.equal(await readFile(path, 'utf8'), 'old');
  assert.deepEqual(await readdir(folder), ['file']);
});

test('a full disk and a forbidden folder say what they are, with the file', () => {
  const failed = (code: string): unknown => asWriteError(Object.assign(new Error(code), { code }), '/run/weights');
  assert(hasCode('DISK_FULL', /\/run\/weights/u)(failed('ENOSPC')));
  assert(hasCode('DISK_FULL', /\/run\/weights/u)(failed('EDQUOT')));
  assert(hasCode('NOT_WRITABLE', /EACCES.*\/run\/weights/u)(failed('EACCES')));
});

function* failing(): Generator<Uint8Array> {
  yield Buffer.from('new');
  throw new Error('boom');
}
