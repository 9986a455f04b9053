import assert from 'node:assert/strict';
import { test } from 'node:test';
import { writeFile } from '../../../infra/file-system/write-file.ts';
import { readSecret } from '../../../infra/secrets/read-secret.ts';
import { isError } from '../../is-error.ts';
import { createMemoryFileSystem } from '../file-system/memory-file-system.ts';

test('secrets come from the environment or a file, and what is missing is named', async () => {
  const fileSystem = createMemoryFileSystem();
  await writeFile(fileSystem, '/secret', 'from a file\n');
  await writeFile(fileSystem, '/empty', '\n');
  const world = { environment: { NAMED: 'from the environment', EMPTY: '' }, fileSystem };
  assert.equal(await readSecret({ env: 'NAMED' }, 'k', world), 'from the environment');
  assert.equal(await readSecret({ file: '/secret' }, 'k', world), 'from a file');
  await assert.rejects(readSecret({ env: 'EMPTY' }, 'kafka.sasl.password', world), isError('SECRET_MISSING', /EMPTY is not set \(kafka\.sasl\.password\)/u));
  await assert.rejects(readSecret({ env: 'NONE' }, 'k', world), isError('SECRET_MISSING', /NONE/u));
  await assert.rejects(readSecret({ file: '/none' }, 'k', world), isError('SECRET_MISSING', /no such file \(\/none/u));
  await assert.rejects(readSecret({ file: '/empty' }, 'k', world), isError('SECRET_MISSING', /empty \(\/empty/u));
});
