/** Corpus files that lie in memory. In: a name and bytes. Out: the file, as the readers see one. */
import type { FoundFile, InputFile } from '../operators/corpus/input-file.ts';
import type { FileSystem } from '../infra/corpus/file-system.ts';

export function memoryFile(address: string, content: Uint8Array | string): InputFile & FoundFile {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  const file = {
    address,
    byteLength: bytes.length,
    read: (start: number, end: number) => Promise.resolve(bytes.slice(start, end)),
    close: () => Promise.resolve(),
    open: () => Promise.resolve(file),
  };
  return file;
}

/** A disk with these files; folders follow from their names. */
export function memoryFileSystem(files: Readonly<Record<string, Uint8Array | string>>): FileSystem {
  const names = Object.keys(files);
  const folderOf = (path: string): string => (path === '.' ? '' : path.replace(/\/*$/, '/'));
  return {
    look(path) {
      const content = files[path];
      if (content !== undefined) return Promise.resolve({ kind: 'file', byteLength: Buffer.byteLength(content) });
      return Promise.resolve(names.some((name) => name.startsWith(folderOf(path))) ? { kind: 'folder', byteLength: 0 } : null);
    },
    list(path) {
      const folder = folderOf(path);
      const entries = new Map<string, 'file' | 'folder'>();
      for (const name of names.filter((candidate) => candidate.startsWith(folder))) {
        const [first, ...rest] = name.slice(folder.length).split('/');
        entries.set(first!, rest.length === 0 ? 'file' : 'folder');
      }
      return Promise.resolve(Array.from(entries, ([name, kind]) => ({ name, kind })));
    },
    open: (path) => memoryFile(path, files[path]!).open(),
  };
}
