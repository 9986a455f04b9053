/**
 * Gives this checkout WebGPU: Dawn and the backend of TensorFlow.js for it. In: the checkout's folder and the machine. Out: both packages in its node_modules, and a GPU that has multiplied
 * two matrices; nothing is installed where they are there. Wrong: BACKEND_UNAVAILABLE, saying which step failed.
 *
 * They are installed in a folder of their own and moved: npm would take away what else is there and in no lock file, as the native backend is. What they need at run time the checkout has.
 */
import { join } from 'node:path';
import { webGpuPackages } from '../../engine/tfjs/backend/webgpu-backend.ts';
import { checkCommand, mustRun, type Command, type SetupWorld } from '../setup-world.ts';

const versions = [
  { name: webGpuPackages.dawn, version: '0.6.2' },
  { name: webGpuPackages.backend, version: '4.22.0' },
] as const;

/** @throws BACKEND_UNAVAILABLE */
export function setupWebGpu(root: string, world: SetupWorld): void {
  if (!versions.every(({ name, version }) => isThere(root, name, version, world))) install(root, world);
  mustRun(checkCommand(root, 'webgpu', world), world);
  world.say('WebGPU is ready, and has multiplied two matrices: `engine.backend: webgpu` takes it. `npm ci` takes it away again.');
}

function install(root: string, world: SetupWorld): void {
  const work = join(root, '.cache', 'webgpu-setup');
  world.say(`${versions.map(({ name, version }) => `${name} ${version}`).join(' and ')}, 36 MB ...`);
  world.makeFolder(work);
  mustRun(npmCommand(work), world);
  for (const { name } of versions) {
    world.remove(placeOf(root, name));
    world.move(placeOf(work, name), placeOf(root, name));
  }
  world.remove(work);
}

/** Without peers, which the checkout has, and without scripts. */
function npmCommand(folder: string): Command {
  const flags = ['--prefix', folder, '--no-save', '--legacy-peer-deps', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  return { program: 'npm', args: ['install', ...flags, ...versions.map(({ name, version }) => `${name}@${version}`)] };
}

function isThere(root: string, name: string, version: string, world: SetupWorld): boolean {
  return world.text(join(placeOf(root, name), 'package.json'))?.includes(`"version": "${version}"`) === true;
}

function placeOf(root: string, name: string): string {
  return join(root, 'node_modules', ...name.split('/'));
}
