/**
 * A file system in memory that knows what a power cut would leave: names are durable once their folder is synced, contents once
 * their file is. Every operation can be made to fail, to write half of its bytes, or to be the last that ever happens.
 */
import { dirname } from 'node:path';
import type { DirectoryEntry, FileSystem, WriteHandle } from '../../../infra/file-system/file-system.ts';

interface File {
  readonly kind: 'file';
  bytes: Uint8Array;
  durable: Uint8Array;
}

interface Folder {
  readonly kind: 'directory';
  entries: Map<string, Node>;
  durable: Map<string, Node>;
}

type Node = File | Folder;

/** Called before each operation that changes anything; it may throw. */
export type BeforeOperation = (operation: string, path: string) => void;

export interface MemoryFileSystem extends FileSystem {
  before: BeforeOperation;
  /** What is left after a crash: of the process (all of it), or of the machine (what was synced). */
  crash(of: 'process' | 'machine'): void;
  /** Path -> content of every file, as text of one character a byte. */
  contents(): Map<string, string>;
  /** Damages a file. */
  overwrite(path: string, bytes: Uint8Array): void;
}

const newFolder = (): Folder => ({ kind: 'directory', entries: new Map(), durable: new Map() });
const systemError = (code: string, path: string): Error => Object.assign(new Error(`${code}: ${path}`), { code, syscall: 'test' });
const parts = (path: string): string[] => path.split('/').filter((part) => part !== '');

export function createMemoryFileSystem(): MemoryFileSystem {
  const root = newFolder();

  const find = (path: string): Node | undefined => {
    let node: Node | undefined = root;
    for (const part of parts(path)) node = node?.kind === 'directory' ? node.entries.get(part) : undefined;
    return node;
  };
  const folder = (path: string): Folder => {
    const node = find(path);
    if (node?.kind !== 'directory') throw systemError('ENOENT', path);
    return node;
  };
  const file = (path: string): File => {
    const node = find(path);
    if (node?.kind !== 'file') throw systemError('ENOENT', path);
    return node;
  };
  const name = (path: string): string => parts(path).at(-1) ?? '';
  const act = async (operation: string, path: string): Promise<void> => {
    await Promise.resolve(); // as a disk does, it answers later
    memory.before(operation, path);
  };
  const handle = (target: File, path: string): WriteHandle => ({
    async write(bytes) {
      target.bytes = join(target.bytes, bytes.subarray(0, bytes.length >> 1));
      await act('write', path);
      target.bytes = join(target.bytes, bytes.subarray(bytes.length >> 1));
    },
    async sync() {
      await act('sync', path);
      target.durable = target.bytes;
    },
    close: () => Promise.resolve(),
  });
  const put = (path: string): File => {
    const made: File = { kind: 'file', bytes: new Uint8Array(), durable: new Uint8Array() };
    folder(dirname(path)).entries.set(name(path), made);
    return made;
  };

  const memory: MemoryFileSystem = {
    before: () => undefined,
    async makeDirectory(path) {
      let node: Folder = root;
      for (const part of parts(path)) {
        let child = node.entries.get(part);
        if (child?.kind === 'file') throw systemError('EEXIST', path);
        if (child === undefined) {
          await act('makeDirectory', path);
          child = node.entries.get(part) ?? newFolder(); // it may have come about meanwhile
          if (child.kind === 'file') throw systemError('EEXIST', path);
          node.entries.set(part, child);
          node.durable.set(part, child);
        }
        node = child;
      }
    },
    list(path) {
      const node = find(path);
      const entries = node?.kind === 'directory' ? [...node.entries] : [];
      const listed = entries.map(([entry, { kind }]): DirectoryEntry => ({ name: entry, kind }));
      return Promise.resolve(listed.sort((a, b) => (a.name < b.name ? -1 : 1)));
    },
    size(path) {
      const node = find(path);
      return Promise.resolve(node?.kind === 'file' ? node.bytes.length : null);
    },
    freeBytes: () => Promise.resolve(Infinity),
    async openRead(path) {
      await Promise.resolve();
      const { bytes } = file(path);
      return { byteLength: bytes.length, read: (start, end) => Promise.resolve(new Uint8Array(bytes.slice(start, end))), close: () => Promise.resolve() };
    },
    async create(path) {
      await act('create', path);
      return handle(put(path), path);
    },
    async append(path) {
      await act('append', path);
      const node = find(path);
      return handle(node?.kind === 'file' ? node : put(path), path);
    },
    async createIfAbsent(path, bytes) {
      await act('createIfAbsent', path);
      if (find(path) !== undefined) return false;
      const made = put(path);
      made.bytes = made.durable = bytes.slice();
      folder(dirname(path)).durable.set(name(path), made);
      return true;
    },
    async rename(from, to) {
      await act('rename', from);
      const node = find(from);
      if (node === undefined) throw systemError('ENOENT', from);
      const target = folder(dirname(to));
      if (node.kind === 'directory' && target.entries.has(name(to))) throw systemError('ENOTEMPTY', to);
      folder(dirname(from)).entries.delete(name(from));
      target.entries.set(name(to), node);
    },
    async remove(path) {
      await act('remove', path);
      const parent = find(dirname(path));
      if (parent?.kind === 'directory') parent.entries.delete(name(path));
    },
    async syncDirectory(path) {
      await act('syncDirectory', path);
      const node = folder(path);
      node.durable = new Map(node.entries);
    },
    crash(of) {
      memory.before = () => undefined;
      if (of === 'machine') forget(root);
    },
    contents() {
      const found = new Map<string, string>();
      const walk = (node: Node, path: string): void => {
        if (node.kind === 'file') found.set(path, Buffer.from(node.bytes).toString('latin1'));
        else for (const [entry, child] of node.entries) walk(child, `${path}/${entry}`);
      };
      walk(root, '');
      return found;
    },
    overwrite(path, bytes) {
      file(path).bytes = bytes;
    },
  };
  return memory;
}

function forget(node: Node): void {
  if (node.kind === 'file') {
    node.bytes = node.durable;
  } else {
    node.entries = new Map(node.durable);
    for (const child of node.entries.values()) forget(child);
  }
}

function join(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}
