import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readText } from '../../../infra/file-system/read-file.ts';
import { writeFile } from '../../../infra/file-system/write-file.ts';
import { folderWeights } from '../../../infra/policy-weights/folder-weights.ts';
import { createMemoryFileSystem } from '../file-system/memory-file-system.ts';

function setUp() {
  const fileSystem = createMemoryFileSystem();
  const weights = folderWeights(fileSystem, '/shared/policy-versions');
  const save = (text: string) => async (directory: string) => {
    await writeFile(fileSystem, `${directory}/model.safetensors`, text);
    await writeFile(fileSystem, `${directory}/config.json`, '{}');
  };
  return { fileSystem, weights, save };
}

test('weights are read where they were put, and are gone once they are removed', async () => {
  const { fileSystem, weights, save } = setUp();
  const stored = await weights.put('epoch-1/version-2', save('weights'));
  const folder = await weights.open(stored);
  assert.equal(await readText(fileSystem, `${folder.directory}/model.safetensors`), 'weights');
  await folder.close();
  await weights.remove(stored.address);
  await assert.rejects(weights.open(stored), { code: 'WEIGHTS_UNAVAILABLE', message: /epoch-1\/version-2 are not there/ });
});

test('weights that are not those announced are refused', async () => {
  const { weights, save } = setUp();
  const stored = await weights.put('epoch-1/version-2', save('weights'));
  const others = await weights.put('epoch-1/version-2', save('others'));
  assert.notEqual(others.sha256, stored.sha256);
  await assert.rejects(weights.open(stored), { code: 'WEIGHTS_UNAVAILABLE', message: /announced was/ });
  await weights.open(others);
});

test('a copy is whole, and leaves what it was made of', async () => {
  const { fileSystem, weights, save } = setUp();
  const stored = await weights.put('epoch-1/checkpoint-4', save('weights'.repeat(300_000)));
  await fileSystem.makeDirectory('/run/staged');
  await weights.copy(stored, '/run/staged');
  assert.equal(await readText(fileSystem, '/run/staged/model.safetensors'), 'weights'.repeat(300_000));
  await weights.open(stored);
  await weights.clear();
  assert.deepEqual(await fileSystem.list('/shared/policy-versions'), []);
});
