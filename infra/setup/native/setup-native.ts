/**
 * Gives this checkout the native CPU backend of TensorFlow.js. In: the checkout's folder and the machine. Out: `@tensorflow/tfjs-node` in its node_modules, with a
 * binding that has multiplied two matrices; nothing is done where it is there. Wrong: BACKEND_UNAVAILABLE, saying what is missing or which step failed; the
 * binding is put in place last, so that a setup that was cut off is begun anew.
 */
import { dirname, join } from 'node:path';
import { PretrainZeroError } from '../../../schemas/pretrain-zero-error.ts';
import { checkCommand, mustRun, type Command, type SetupWorld } from '../setup-world.ts';
import { processorFile } from '../../engine/tfjs/backend/library-file.ts';
import { compileCommand, compileLibraryCommand, downloadCommand, libraries, nativeFolders, npmCommand, tfjsNode, unpackCommand, wheel } from './native-recipe.ts';

/** @throws BACKEND_UNAVAILABLE */
export async function setupNative(root: string, world: SetupWorld): Promise<void> {
  const folders = nativeFolders(root, world.text(processorFile) ?? '');
  const check = checkCommand(root, 'node', world);
  if (world.size(folders.binding) !== null && world.size(folders.library) !== null && world.succeeds(check)) {
    world.say('The native CPU backend is there, and multiplies.');
    return;
  }
  const nodeHeaders = findNeeds(world);
  const step = stepper(world);
  await step(`the npm package ${tfjsNode.name} ${tfjsNode.version}, without its script`, () => {
    if (isPackageThere(folders.target, world)) return;
    mustRun(npmCommand(), world);
    if (!isPackageThere(folders.target, world)) throw unavailable(`npm did not install ${tfjsNode.name} ${tfjsNode.version}`);
  });
  world.makeFolder(folders.work);
  await step(`the wheel ${wheel.name} ${wheel.version}, ${megabytes(wheel.bytes)}`, () => fetchWheel(join(folders.work, wheel.file), downloadCommand(folders), world));
  await step(`its libraries and headers, ${megabytes(sum(libraries.map(({ bytes }) => bytes)))}`, () => {
    mustRun(unpackCommand(folders), world);
    for (const { file, bytes } of libraries) {
      const size = world.size(join(folders.unpacked, file));
      if (size !== bytes) throw unavailable(`${file} from the wheel has ${size ?? 'no'} bytes, not ${bytes}. Is the disk full?`);
    }
  });
  const binding = join(folders.work, 'tfjs_binding.node');
  await step('the binding, compiled with g++', () => mustRun(compileCommand(folders, nodeHeaders, binding), world));
  const library = join(folders.work, 'library.node');
  await step('operations of our own, compiled for this processor', () => {
    if (!world.run(compileLibraryCommand(folders, nodeHeaders, library))) world.say('    This g++ does not compile them (its message is above): the backend works without them, and trains more slowly.');
  });
  await step('all of it in place, checked with two matrices', () => {
    for (const { file } of libraries) world.move(join(folders.unpacked, file), join(folders.libraries, file));
    if (world.size(library) !== null) world.move(library, folders.library);
    world.move(binding, folders.binding);
    world.remove(folders.work);
    mustRun(check, world);
  });
  world.say(`The native CPU backend is ready: engine.backend "auto" takes it from now on. \`npm ci\` takes it away again.`);
}

/** Everything that is needed is looked for before anything is downloaded. @returns the folder of Node's headers */
function findNeeds(world: SetupWorld): string {
  if (world.platform !== 'linux-x64') throw unavailable(`This recipe is for linux-x64; here, on ${world.platform}, try npm install --no-save ${tfjsNode.name}@${tfjsNode.version}`);
  const major = Number(world.nodeVersion.split('.')[0]);
  if (major > newestNode) throw unavailable(`${tfjsNode.name} ${tfjsNode.version} runs on Node up to ${newestNode}; this is Node ${world.nodeVersion}`);
  if (!world.succeeds({ program: 'python3', args: ['--version'] })) throw unavailable('python3 is not there; it fetches and unpacks the library. Install it with your package manager');
  if (!world.succeeds({ program: 'python3', args: ['-m', 'pip', '--version'] })) throw unavailable('python3 has no pip; install it (on Debian and Ubuntu: python3-pip)');
  if (!world.succeeds({ program: 'g++', args: ['--version'] })) throw unavailable('g++ is not there; it compiles the binding. Install it with your package manager');
  const places = [join(dirname(dirname(world.nodePath)), 'include', 'node'), '/usr/include/node', '/usr/include/nodejs/src'];
  const found = places.find((folder) => world.size(join(folder, 'node_api.h')) !== null);
  if (found === undefined) throw unavailable(`Node's headers (node_api.h) are in none of ${places.join(', ')}; install them (on Debian and Ubuntu: libnode-dev), or Node from nodejs.org, which brings them`);
  return found;
}

/** It was tried with none later. */
const newestNode = 24;

function isPackageThere(target: string, world: SetupWorld): boolean {
  return world.text(join(target, 'package.json'))?.includes(`"version": "${tfjsNode.version}"`) === true && world.size(join(target, 'binding', 'tfjs_backend.cc')) !== null;
}

async function fetchWheel(file: string, download: Command, world: SetupWorld): Promise<void> {
  if (world.size(file) !== wheel.bytes) mustRun(download, world);
  if (world.size(file) !== null && (await world.sha256(file)) === wheel.sha256) return;
  world.remove(file);
  throw unavailable(`${wheel.file} is not the file that this recipe was made with; run it again`);
}

/** Says what is being done, and how long it took. */
function stepper(world: SetupWorld): (what: string, work: () => void | Promise<void>) => Promise<void> {
  let number = 0;
  return async (what, work) => {
    number += 1;
    world.say(`${number}/${steps} ${what} ...`);
    const started = world.seconds();
    await work();
    world.say(`    ${(world.seconds() - started).toFixed(1)} s`);
  };
}

const steps = 6;

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function unavailable(what: string): PretrainZeroError {
  return new PretrainZeroError('BACKEND_UNAVAILABLE', what, { key: tfjsNode.name });
}
