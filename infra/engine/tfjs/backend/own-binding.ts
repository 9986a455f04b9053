/**
 * Lets this thread load a copy of TensorFlow's binding that no other thread has. The binding keeps the names of attributes in a set that its threads would write to at once; the
 * library behind it may be used by several. In: the package. Out: a later import of the package takes the copy. Wrong: an Error where the package is not there or no folder for
 * temporary files can be written to and loaded from.
 */
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface BindingFinder {
  find(packageFile: string): string;
}

export function lendOwnBinding(packageName: string): void {
  const packageFile = createRequire(import.meta.url).resolve(`${packageName}/package.json`);
  const require = createRequire(packageFile);
  const binding = require.resolve((require('@mapbox/node-pre-gyp') as BindingFinder).find(packageFile));
  const folder = mkdtempSync(join(tmpdir(), 'pretrainzero-binding-'));
  try {
    const copy = join(folder, 'tfjs_binding.node');
    copyFileSync(binding, copy);
    const module = new Module(binding);
    process.dlopen(module, copy); // finds the library that another thread has loaded
    module.loaded = true;
    require.cache[binding] = module;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
