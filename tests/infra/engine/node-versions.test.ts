/** The engine in WebAssembly under other versions of Node. In: PRETRAINZERO_NODES, their programs joined with colons (infra/setup/node-versions.sh). */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { assertNear } from './against-wasm.ts';

const programs = (process.env.PRETRAINZERO_NODES ?? '').split(':').filter((program) => program !== '');
const skip = programs.length === 0 ? 'PRETRAINZERO_NODES names no versions of Node: infra/setup/node-versions.sh fetches them' : false;
if (skip !== false) console.warn(`NOT RUN: the engine under Node 20, 22 and 24. ${skip}`);

test('the engine gives under Node 20, 22 and 24 what it gives under this one', { skip }, () => {
  const [here] = outputsOf(process.execPath);
  const versions = programs.map((program) => {
    const [outputs, version] = outputsOf(program);
    assertNear(outputs, here, version);
    return version.split('.')[0]!;
  });
  assert.deepEqual(versions.sort(), ['v20', 'v22', 'v24']);
});

/** @returns what the program prints, and its version */
function outputsOf(node: string): [unknown, string] {
  const script = fileURLToPath(new URL('./engine-outputs.js', import.meta.url));
  const { status, stdout, stderr } = spawnSync(node, [script], { encoding: 'utf8' });
  assert.equal(status, 0, `${node}: ${stderr}`);
  return [JSON.parse(stdout) as unknown, spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.trim()];
}
