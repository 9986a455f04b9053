/** The native backend, where `npm run setup:native` has been; where it has not, this says so. */
import assert from 'node:assert/strict';
import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fixturePath } from '../../fixtures/fixture-path.ts';
import { describeAgainstWasm } from './against-wasm.ts';
import { isAbsent } from './tested-backend.ts';
import { optionsFor } from './tfjs/temporary-model.ts';

const skip = isAbsent('node');

for (const threads of [1, 2]) {
  test(`a process whose native engine of ${threads} threads was closed ends with exit code 0, and leaves no files behind`, { skip }, async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'native-'));
    t.after(() => rm(folder, { recursive: true }));
    const { status, signal, stderr } = openAndClose(threads, folder);
    assert.deepEqual([status, signal, await readdir(folder)], [0, null, []], stderr);
  });
}

test('where the native binding cannot be copied for each thread, the engine is refused with the reason', { skip }, () => {
  const { status, signal, stderr } = openAndClose(2, '/nowhere');
  assert.deepEqual([status, signal], [1, null], stderr);
  assert.match(stderr, /cannot be loaded in several threads.*nowhere.*engine\.backend/u);
});

function openAndClose(threads: number, temporaryFolder: string): SpawnSyncReturns<string> {
  const module = new URL('../../../infra/engine/tfjs/create-tfjs-engine.js', import.meta.url).href;
  const options = optionsFor(fixturePath('golden', 'llama'), { backend: 'node', threads });
  const script = `import(${JSON.stringify(module)}).then(async ({ createTfjsEngine }) => {
    await (await createTfjsEngine(${JSON.stringify(options)})).close();
    setTimeout(() => undefined, 500); // until the engine's thread is gone
  })`;
  return spawnSync(process.execPath, ['-e', script], { encoding: 'utf8', env: { ...process.env, TMPDIR: temporaryFolder } });
}

describeAgainstWasm('node', { models: ['llama', 'mistral', 'qwen2', 'qwen3', 'qwen3-moe'], skip, maxNewTokens: 24, long: true });
