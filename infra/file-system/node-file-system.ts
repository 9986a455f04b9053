/** The machine's own file system. In: paths. Out: a `FileSystem` over node:fs. Fails with the system's errors. */
import { link, mkdir, open, readdir, rename, rm, stat, statfs, type FileHandle } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { DirectoryEntry, FileSystem, ReadHandle, WriteHandle } from './file-system.ts';
import { systemCode } from './system-code.ts';

/** What says that a file system has no hard links. */
const noLinks = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS']);

export const nodeFileSystem: FileSystem = {
  makeDirectory: (path) => makeFolder(resolve(path)),
  async list(path) {
    const entries = await unlessMissing(readdir(path, { withFileTypes: true }), []);
    const named = entries.map((entry): DirectoryEntry => ({ name: entry.name, kind: entry.isDirectory() ? 'directory' : 'file' }));
    return named.sort((a, b) => (a.name < b.name ? -1 : 1));
  },
  async size(path) {
    const found = await unlessMissing(stat(path), null);
    return found?.isFile() === true ? found.size : null;
  },
  async freeBytes(path) {
    const { blocks, bavail, bsize } = await statfs(path);
    return blocks === 0 ? Infinity : bavail * bsize; // some network disks have no blocks
  },
  async openRead(path) {
    const handle = await open(path, 'r');
    return readHandle(handle, (await handle.stat()).size);
  },
  create: async (path) => writeHandle(await open(path, 'w')),
  append: async (path) => writeHandle(await open(path, 'a')),
  async createIfAbsent(path, bytes) {
    const whole = `${path}.${process.pid}`;
    try {
      await writeWhole(whole, bytes, 'w');
      await link(whole, path);
      return true;
    } catch (error) {
      const code = systemCode(error) ?? '';
      if (noLinks.has(code)) return await unlessThere(writeWhole(path, bytes, 'wx'));
      if (code === 'EEXIST') return false;
      throw error;
    } finally {
      await rm(whole, { force: true });
    }
  },
  rename,
  remove: (path) => rm(path, { recursive: true, force: true }),
  syncDirectory,
};

/** One folder at a time: `recursive` of `mkdir` says ENOENT of a read-only file system, and goes on for ever where a folder takes none in, as /proc does. */
async function makeFolder(path: string): Promise<void> {
  const parent = dirname(path);
  try {
    await mkdir(path);
  } catch (error) {
    if (await isFolder(path)) return;
    if (systemCode(error) !== 'ENOENT' || parent === path) throw error;
    await makeFolder(parent); // it may have come about meanwhile
    await mkdir(path).catch(async (again: unknown) => {
      if (!(await isFolder(path))) throw again;
    });
  }
  await syncDirectory(parent);
}

async function isFolder(path: string): Promise<boolean> {
  return (await unlessMissing(stat(path), null))?.isDirectory() === true;
}

async function syncDirectory(path: string): Promise<void> {
  if (process.platform === 'win32') return; // folders cannot be opened there
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function writeWhole(path: string, bytes: Uint8Array, flag: 'w' | 'wx'): Promise<void> {
  const handle = writeHandle(await open(path, flag));
  try {
    await handle.write(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function unlessMissing<T, F>(found: Promise<T>, fallback: F): Promise<T | F> {
  try {
    return await found;
  } catch (error) {
    const code = systemCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return fallback;
    throw error;
  }
}

async function unlessThere(made: Promise<void>): Promise<boolean> {
  try {
    await made;
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    throw error;
  }
}

function readHandle(handle: FileHandle, byteLength: number): ReadHandle {
  return {
    byteLength,
    async read(start, end) {
      const bytes = new Uint8Array(Math.max(0, Math.min(end, byteLength) - start));
      let filled = 0;
      while (filled < bytes.length) {
        const { bytesRead } = await handle.read(bytes, filled, bytes.length - filled, start + filled);
        if (bytesRead === 0) break;
        filled += bytesRead;
      }
      return filled === bytes.length ? bytes : bytes.slice(0, filled);
    },
    close: () => handle.close(),
  };
}

function writeHandle(handle: FileHandle): WriteHandle {
  return {
    async write(bytes) {
      let written = 0;
      while (written < bytes.length) {
        const { bytesWritten } = await handle.write(bytes, written, bytes.length - written);
        written += bytesWritten;
      }
    },
    sync: () => handle.sync(),
    close: () => handle.close(),
  };
}
