import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setupWebGpu } from '../../../../infra/setup/webgpu/setup-webgpu.ts';
import { hasCode } from '../../engine/model-files/has-code.ts';
import { FakeMachine } from '../fake-machine.ts';

const root = '/checkout';
const places = { webgpu: '0.6.2', '@tensorflow/tfjs-backend-webgpu': '4.22.0' };

/** npm installs what it is asked for, and a package that comes along, in the folder that it is given. */
function newMachine(): FakeMachine {
  const machine = new FakeMachine(({ program, args }, here) => {
    if (program !== 'npm') return;
    const folder = `${args[args.indexOf('--prefix') + 1]!}/node_modules`;
    for (const [name, version] of Object.entries(places)) {
      if (args.includes(`${name}@${version}`)) here.write(`${folder}/${name}/package.json`, `"version": "${version}"`);
    }
    here.write(`${folder}/debug/package.json`);
  });
  machine.write(`${root}/node_modules/@tensorflow/tfjs-node/package.json`, 'in no lock file');
  return machine;
}

describe('the setup of WebGPU', () => {
  test('puts both packages in place, touches no other, checks them, and leaves nothing else', () => {
    const machine = newMachine();
    setupWebGpu(root, machine);
    assert.deepEqual(machine.ran, ['npm install', 'check']);
    const names = ['@tensorflow/tfjs-node', ...Object.keys(places)];
    assert.deepEqual([...machine.files.keys()].sort(), names.map((name) => `${root}/node_modules/${name}/package.json`).sort());
  });

  test('done twice only checks the second time', () => {
    const machine = newMachine();
    setupWebGpu(root, machine);
    machine.ran.length = 0;
    setupWebGpu(root, machine);
    assert.deepEqual(machine.ran, ['check']);
  });

  test('replaces packages of another version', () => {
    const machine = newMachine();
    machine.write(`${root}/node_modules/webgpu/package.json`, '"version": "0.1.0"');
    machine.write(`${root}/node_modules/webgpu/old.js`);
    setupWebGpu(root, machine);
    assert.match(machine.text(`${root}/node_modules/webgpu/package.json`)!, /0\.6\.2/u);
    assert.equal(machine.size(`${root}/node_modules/webgpu/old.js`), null);
  });

  for (const [what, broken] of [['npm', 'npm install'], ['a GPU', '/opt/node/bin/node']] as const) {
    test(`says that it failed for want of ${what}`, () => {
      const machine = newMachine();
      machine.broken.add(broken);
      assert.throws(() => setupWebGpu(root, machine), hasCode('BACKEND_UNAVAILABLE'));
    });
  }
});
