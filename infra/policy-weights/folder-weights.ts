/**
 * Policy versions in a folder that all workers can read, each a folder of its own that appears whole. In: the folder. Out: the port. Readers load from where the weights
 * lie; nothing is copied but a checkpoint.
 */
import { dirname, join } from 'node:path';
import type { PolicyWeights } from '../../operators/ports/policy-weights.ts';
import { onFile } from '../file-system/file-error.ts';
import type { FileSystem } from '../file-system/file-system.ts';
import { filesBelow } from '../file-system/read-file.ts';
import { requireWeights } from './require-weights.ts';
import { weightsChecksum } from './weights-checksum.ts';

/** Copied at a time. */
const chunkBytes = 1 << 20;

export function folderWeights(fileSystem: FileSystem, root: string): PolicyWeights {
  const at = (address: string): string => join(root, address);
  return {
    put: (address, save) =>
      onFile(at(address), async () => {
        const staged = join(root, `.${address.replaceAll('/', '-')}`);
        await fileSystem.remove(staged);
        await fileSystem.makeDirectory(staged);
        await save(staged);
        await fileSystem.syncDirectory(staged);
        const sha256 = await weightsChecksum(fileSystem, staged);
        await fileSystem.makeDirectory(dirname(at(address)));
        await fileSystem.remove(at(address));
        await fileSystem.rename(staged, at(address));
        await fileSystem.syncDirectory(dirname(at(address)));
        return { address, sha256 };
      }),
    open: async (stored) => {
      await requireWeights(fileSystem, at(stored.address), stored);
      return { directory: at(stored.address), close: () => Promise.resolve() };
    },
    copy: (stored, directory) =>
      onFile(directory, async () => {
        for (const path of await filesBelow(fileSystem, at(stored.address))) await copyFile(fileSystem, join(at(stored.address), path), join(directory, path));
        await requireWeights(fileSystem, directory, stored);
      }),
    remove: (address) => onFile(at(address), () => fileSystem.remove(at(address))),
    clear: () => onFile(root, () => fileSystem.remove(root)),
  };
}

async function copyFile(fileSystem: FileSystem, from: string, to: string): Promise<void> {
  await fileSystem.makeDirectory(dirname(to));
  const source = await fileSystem.openRead(from);
  try {
    const target = await fileSystem.create(to);
    try {
      for (let start = 0; start < source.byteLength; start += chunkBytes) await target.write(await source.read(start, start + chunkBytes));
      await target.sync();
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}
