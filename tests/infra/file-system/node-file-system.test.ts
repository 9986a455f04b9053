import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { nodeFileSystem } from '../../../infra/file-system/node-file-system.ts';

const folder = mkdtempSync(join(tmpdir(), 'pretrainzero-files-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const makeDirectory = (path: string) => nodeFileSystem.makeDirectory(path);

describe('makeDirectory', () => {
  test('makes a folder with its parents; one that is there is left alone', async () => {
    const path = join(folder, 'a', 'b', 'c');
    await makeDirectory(path);
    writeFileSync(join(path, 'kept'), '');
    await makeDirectory(path);
    assert.ok(existsSync(join(path, 'kept')));
  });

  test('lets several make the same folder, and folders beside each other, at once', async () => {
    for (let round = 0; round < 50; round++) {
      const paths = ['a', 'b', 'c', 'a', 'a/deep', 'b/deep'].map((name) => join(folder, `round-${round}`, 'samples', name));
      await Promise.all(paths.map(makeDirectory));
      assert.ok(paths.every((path) => existsSync(path)), `round ${round}`);
    }
  });

  test('does not go where a file is', async () => {
    writeFileSync(join(folder, 'file'), '');
    await assert.rejects(makeDirectory(join(folder, 'file')), { code: 'EEXIST' });
    await assert.rejects(makeDirectory(join(folder, 'file', 'below')), { code: 'ENOTDIR' });
  });

  test('ends where a folder takes none in', { skip: process.platform !== 'linux' && 'no /proc' }, async () => {
    await assert.rejects(makeDirectory('/proc/run/deep'), { code: 'ENOENT' });
  });

  test('says of a read-only file system that it is one', async (t) => {
    const disk = join(folder, 'disk');
    mkdirSync(disk);
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'ro,size=1m', 'tmpfs', disk], { stdio: 'ignore' });
    } catch {
      t.skip('nothing can be mounted here');
      return;
    }
    try {
      await assert.rejects(makeDirectory(join(disk, 'run')), { code: 'EROFS' });
      await makeDirectory(disk);
    } finally {
      execFileSync('umount', [disk]);
    }
  });
});

describe('createIfAbsent', () => {
  test('leaves nothing behind where the disk is full', { skip: process.platform !== 'linux' && 'no /dev/full' }, async () => {
    const full = join(folder, 'full');
    mkdirSync(full);
    symlinkSync('/dev/full', join(full, `lock.${process.pid}`)); // where it is written first
    await assert.rejects(nodeFileSystem.createIfAbsent(join(full, 'lock'), new Uint8Array([1])), { code: 'ENOSPC' });
    assert.deepEqual(readdirSync(full), []);
  });
});
