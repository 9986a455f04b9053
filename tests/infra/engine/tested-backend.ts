/**
 * The backend that the engine's suites run on in this process: WebAssembly, unless a file that runs them once more names another before it imports
 * them. Which backends there are to test, and why others are not there.
 */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { webGpuPackages } from '../../../infra/engine/tfjs/backend/webgpu-backend.ts';
import { openBackend, type BackendName } from '../../../infra/engine/tfjs/backend/open-backend.ts';
import { startWasmBackend } from '../../../infra/engine/tfjs/backend/wasm-backend.ts';
import { nativeFolders } from '../../../infra/setup/native/native-recipe.ts';
import { packageRoot } from '../../../infra/setup/package-root.ts';
import { assertNear } from './assert-near.ts';

let tested: BackendName = 'wasm';

export function testOn(backend: BackendName): void {
  tested = backend;
}

export function testedBackend(): BackendName {
  return tested;
}

/** For the names of suites: which backend it is, where it is not WebAssembly. */
export function onTestedBackend(): string {
  return tested === 'wasm' ? '' : ` (on ${tested})`;
}

/** To the last bit in WebAssembly; elsewhere within 1e-4, as a product's last bits hang on the rows that it is computed with. */
export function assertSame(actual: unknown, expected: unknown): void {
  if (tested === 'wasm') assert.deepEqual(actual, expected);
  else assertNear(actual, expected);
}

/** In this thread. */
export async function startTestedBackend(): Promise<void> {
  if (tested === 'wasm') await startWasmBackend(1);
  else await openBackend(tested, 1);
}

const needed = {
  node: [nativeFolders(packageRoot(), '').binding],
  webgpu: Object.values(webGpuPackages).map((name) => join(packageRoot(), 'node_modules', ...name.split('/'))),
};

/** Says so where nothing of it is tested. @returns a reason to skip, or false */
export function isAbsent(backend: keyof typeof needed): string | false {
  if (needed[backend].every((path) => existsSync(path))) return false;
  const reason = `backend ${backend} is not installed: npm run setup:${backend === 'node' ? 'native' : backend}`;
  console.warn(`NOT RUN: the engine's tests on another backend than WebAssembly. ${reason}`);
  return reason;
}
