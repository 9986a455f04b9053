/** The engine under other versions of Node. In: PRETRAINZERO_NODES, their programs joined with colons (infra/setup/node-versions.sh). */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { assertNear } from './assert-near.ts';
import { isAbsent } from './tested-backend.ts';

const programs = (process.env.PRETRAINZERO_NODES ?? '').split(':').filter((program) => program !== '');
const skip = programs.length === 0 ? 'PRETRAINZERO_NODES names no versions of Node: infra/setup/node-versions.sh fetches them' : false;
if (skip !== false) console.warn(`NOT RUN: the engine under Node 20, 22 and 24. ${skip}`);

describe('the engine under Node 20, 22 and 24', { skip }, () => {
  test('is tested under each of them', () => {
    assert.deepEqual(programs.map((program) => printed(program, '--version').split('.')[0]).sort(), ['v20', 'v22', 'v24']);
  });

  test('gives in WebAssembly what it gives under this one, to the last bit', () => {
    const here = outputs(process.execPath, 'wasm');
    for (const program of programs) assert.equal(outputs(program, 'wasm'), here, program);
  });

  test('gives the same on the native backend, within 1e-4', { skip: isAbsent('node') }, () => {
    const here: unknown = JSON.parse(outputs(process.execPath, 'wasm'));
    for (const program of programs) assertNear(JSON.parse(outputs(program, 'node')), here, program);
  });
});

function outputs(node: string, backend: 'wasm' | 'node'): string {
  const json = printed(node, fileURLToPath(new URL('./engine-outputs.js', import.meta.url)), backend);
  assert(json.length > 1000, json);
  return json;
}

function printed(program: string, ...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  assert.equal(status, 0, `${program}: ${stderr}`);
  return stdout;
}
