/** The disk, as the corpus needs it; tests put another in its place. Errors are those of Node's file system. */
import { open, readdir, stat } from 'node:fs/promises';

export interface OpenFile {
  /** Bytes `start` to `end` (exclusive); fewer only where the file ends. */
  read(start: number, end: number): Promise<Uint8Array>;
  close(): Promise<void>;
}

export interface FileSystem {
  /** What is at a path; null where nothing is. */
  look(path: string): Promise<{ readonly kind: 'file' | 'folder'; readonly byteLength: number } | null>;
  /** Names in a folder; empty where it cannot be read. */
  list(folder: string): Promise<readonly { readonly name: string; readonly kind: 'file' | 'folder' }[]>;
  open(path: string): Promise<OpenFile>;
}

export const nodeFileSystem: FileSystem = {
  async look(path) {
    try {
      const found = await stat(path);
      return { kind: found.isDirectory() ? 'folder' : 'file', byteLength: found.size };
    } catch {
      return null;
    }
  },

  async list(folder) {
    try {
      const entries = await readdir(folder, { withFileTypes: true });
      return entries.map((entry) => ({ name: entry.name, kind: entry.isDirectory() ? 'folder' : 'file' }));
    } catch {
      return [];
    }
  },

  async open(path) {
    const handle = await open(path, 'r');
    return {
      async read(start, end) {
        const bytes = new Uint8Array(Math.max(0, end - start));
        let filled = 0;
        while (filled < bytes.length) {
          const { bytesRead } = await handle.read(bytes, filled, bytes.length - filled, start + filled);
          if (bytesRead === 0) break;
          filled += bytesRead;
        }
        return bytes.subarray(0, filled);
      },
      close: () => handle.close(),
    };
  },
};
