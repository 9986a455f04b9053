/** The machine's file system without waiting for the disk, for tests whose processes are killed and whose machine is not. */
import { mkdir } from 'node:fs/promises';
import type { FileSystem, WriteHandle } from '../../../infra/file-system/file-system.ts';
import { nodeFileSystem } from '../../../infra/file-system/node-file-system.ts';

const nothing = (): Promise<void> => Promise.resolve();
const unsynced = (handle: WriteHandle): WriteHandle => ({ write: (bytes) => handle.write(bytes), close: () => handle.close(), sync: nothing });

export const unsyncedFileSystem: FileSystem = {
  ...nodeFileSystem,
  makeDirectory: async (path) => {
    await mkdir(path, { recursive: true });
  },
  create: async (path) => unsynced(await nodeFileSystem.create(path)),
  append: async (path) => unsynced(await nodeFileSystem.append(path)),
  syncDirectory: nothing,
};
