import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileError } from '../../../infra/file-system/file-error.ts';
import { PretrainZeroError } from '../../../schemas/pretrain-zero-error.ts';

const refused = (code: string): Error => Object.assign(new Error(code), { code, syscall: 'open' });

test('whatever the system refuses is told in words, with the file', () => {
  const told = ['ENOSPC', 'EROFS', 'ENOENT', 'EIO'].map((code) => String(fileError(refused(code), 'runs/a')));
  assert.deepEqual(told, [
    'PretrainZeroError: the disk is full (runs/a)',
    'PretrainZeroError: the file system is read-only (runs/a)',
    'PretrainZeroError: a folder of the path is gone, or cannot be made (runs/a)',
    'PretrainZeroError: the system refuses it: EIO (runs/a)',
  ]);
});

test('what is told already keeps its file, and a defect stays one', () => {
  const told = new PretrainZeroError('DISK_FULL', 'the disk is full', { file: 'runs/a/samples/x' }, refused('ENOSPC'));
  assert.equal(fileError(told, 'runs/a'), told);
  const defect = new TypeError('undefined is not a function');
  assert.equal(fileError(defect, 'runs/a'), defect);
});
