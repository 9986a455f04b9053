import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { libraries, nativeFolders, wheel } from '../../../../infra/setup/native/native-recipe.ts';
import { setupNative } from '../../../../infra/setup/native/setup-native.ts';
import { hasCode } from '../../engine/model-files/has-code.ts';
import { FakeMachine } from '../fake-machine.ts';

const root = '/checkout';
const processor = 'model name\t: any\nflags\t\t: fpu avx2 avx512f\n';
const folders = nativeFolders(root, processor);
const headers = '/opt/node/include/node';

function newMachine(): FakeMachine {
  const machine = new FakeMachine(({ program, args }, here) => {
    if (program === 'npm') {
      here.write(`${folders.target}/package.json`, '"version": "4.22.0",');
      here.write(`${folders.target}/binding/tfjs_backend.cc`);
    }
    if (args.includes('download')) here.files.set(`${folders.work}/${wheel.file}`, wheel.bytes);
    if (args[0] === '-c') for (const { file, bytes } of libraries) here.files.set(`${folders.unpacked}/${file}`, bytes);
    if (program === 'g++') here.write(args[args.indexOf('-o') + 1]!);
  });
  machine.write(`${headers}/node_api.h`);
  machine.write('/proc/cpuinfo', processor);
  machine.digest = wheel.sha256;
  return machine;
}

const everything = ['npm install', 'python3 -m', 'python3 -c', 'g++ -O2', 'g++ -O3', 'check'];

describe('the setup of the native backend', () => {
  test('puts package, libraries and binding in place, checks them, and leaves nothing else', async () => {
    const machine = newMachine();
    await setupNative(root, machine);
    assert.deepEqual(machine.ran, everything);
    assert.deepEqual(
      [...machine.files.keys()].filter((file) => file.startsWith(folders.target)).sort(),
      [...libraries.map(({ file }) => `${folders.libraries}/${file}`), folders.binding, folders.library, `${folders.target}/package.json`, `${folders.target}/binding/tfjs_backend.cc`].sort(),
    );
    assert(machine.said.some((line) => line.includes('274 MB')) && machine.said.some((line) => line.includes('853 MB')), machine.said.join('\n'));
  });

  test('done twice does nothing the second time', async () => {
    const machine = newMachine();
    await setupNative(root, machine);
    machine.ran.length = 0;
    await setupNative(root, machine);
    assert.deepEqual(machine.ran, []);
  });

  test('cut off while compiling goes on with the wheel that is there', async () => {
    const machine = newMachine();
    machine.broken.add('g++ -O2');
    await assert.rejects(setupNative(root, machine), hasCode('BACKEND_UNAVAILABLE', /g\+\+/u));
    assert.equal(machine.size(folders.binding), null);
    machine.broken.clear();
    machine.ran.length = 0;
    await setupNative(root, machine);
    assert.deepEqual(machine.ran, ['python3 -c', 'g++ -O2', 'g++ -O3', 'check']);
  });

  test('a compiler that cannot make the operations of our own leaves a backend without them, and it is said', async () => {
    const machine = newMachine();
    machine.broken.add('g++ -O3');
    await setupNative(root, machine);
    assert.deepEqual([machine.size(folders.binding), machine.size(folders.library)], [1, null]);
    assert(machine.said.some((line) => line.includes('trains more slowly')), machine.said.join('\n'));
  });

  test('is done anew where the processor is another one than what was compiled for', async () => {
    const machine = newMachine();
    await setupNative(root, machine);
    machine.ran.length = 0;
    machine.write('/proc/cpuinfo', processor.replace(' avx512f', ''));
    await setupNative(root, machine);
    assert.deepEqual(machine.ran.slice(-3), ['g++ -O2', 'g++ -O3', 'check']);
    assert.notEqual(machine.size(nativeFolders(root, machine.text('/proc/cpuinfo')!).library), null);
  });

  test('is done anew where the binding is there but does not load', async () => {
    const machine = newMachine();
    machine.files.set(folders.binding, 1);
    machine.broken.add(machine.nodePath);
    await assert.rejects(setupNative(root, machine), hasCode('BACKEND_UNAVAILABLE'));
    assert.deepEqual(machine.ran, everything);
  });

  test('keeps no wheel that is another than it should be', async () => {
    const machine = newMachine();
    machine.digest = '00';
    await assert.rejects(setupNative(root, machine), hasCode('BACKEND_UNAVAILABLE', /not the file/u));
    assert.equal(machine.size(`${folders.work}/${wheel.file}`), null);
  });

  for (const [what, change, words] of [
    ['python3', (machine: FakeMachine) => machine.broken.add('python3'), /python3 is not there/u],
    ['pip', (machine: FakeMachine) => machine.broken.add('python3 -m pip'), /no pip/u],
    ['g++', (machine: FakeMachine) => machine.broken.add('g++'), /g\+\+ is not there/u],
    ["Node's headers", (machine: FakeMachine) => machine.files.clear(), /node_api\.h/u],
    ['an older Node', (machine: FakeMachine) => (machine.nodeVersion = '25.1.0'), /Node 25\.1\.0/u],
    ['another machine', (machine: FakeMachine) => (machine.platform = 'darwin-arm64'), /darwin-arm64/u],
  ] as const) {
    test(`says that it needs ${what} before it downloads anything`, async () => {
      const machine = newMachine();
      change(machine);
      await assert.rejects(setupNative(root, machine), hasCode('BACKEND_UNAVAILABLE', words));
      assert.deepEqual(machine.ran, []);
    });
  }
});
