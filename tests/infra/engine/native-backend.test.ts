/** The native backend, where `npm run setup:native` has been; where it has not, this says so. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { fixturePath } from '../../fixtures/fixture-path.ts';
import { describeAgainstWasm } from './against-wasm.ts';
import { isAbsent } from './tested-backend.ts';
import { optionsFor } from './tfjs/temporary-model.ts';

const skip = isAbsent('node');

test('a process whose native engine was closed ends with exit code 0', { skip }, () => {
  const module = new URL('../../../infra/engine/tfjs/create-tfjs-engine.js', import.meta.url).href;
  const options = optionsFor(fixturePath('golden', 'llama'), { backend: 'node' });
  const script = `import(${JSON.stringify(module)}).then(async ({ createTfjsEngine }) => {
    await (await createTfjsEngine(${JSON.stringify(options)})).close();
    setTimeout(() => undefined, 500); // until the engine's thread is gone
  })`;
  const { status, signal, stderr } = spawnSync(process.execPath, ['-e', script], { encoding: 'utf8' });
  assert.deepEqual([status, signal], [0, null], stderr);
});

describeAgainstWasm('node', { models: ['llama', 'mistral', 'qwen2', 'qwen3', 'qwen3-moe'], skip, maxNewTokens: 24, long: true });
