/** A file system that a test can take away from its user as a kill would: what is asked of it afterwards never comes back. */
import type { FileSystem } from '../../../infra/file-system/file-system.ts';

export interface CuttableFileSystem {
  readonly fileSystem: FileSystem;
  /** Resolves once nothing is under way any more. */
  cut(): Promise<void>;
}

export function createCuttableFileSystem(inner: FileSystem): CuttableFileSystem {
  const underWay = new Set<Promise<unknown>>();
  let isCut = false;
  const guard = <T>(work: () => Promise<T>): Promise<T> => {
    if (isCut) return new Promise<T>(() => undefined);
    const working = work();
    const settled = working.catch(() => undefined).finally(() => underWay.delete(settled));
    underWay.add(settled);
    return working.then((result) => (isCut ? new Promise<T>(() => undefined) : result));
  };
  const guarded = <T extends object>(handle: T): T =>
    Object.fromEntries(Object.entries(handle).map(([name, value]) => [name, typeof value === 'function' ? (...args: unknown[]) => guard(() => Promise.resolve((value as (...all: unknown[]) => unknown)(...args))) : (value as unknown)])) as T;
  const fileSystem: FileSystem = {
    makeDirectory: (path) => guard(() => inner.makeDirectory(path)),
    list: (path) => guard(() => inner.list(path)),
    size: (path) => guard(() => inner.size(path)),
    freeBytes: (path) => guard(() => inner.freeBytes(path)),
    openRead: (path) => guard(async () => guarded(await inner.openRead(path))),
    create: (path) => guard(async () => guarded(await inner.create(path))),
    append: (path) => guard(async () => guarded(await inner.append(path))),
    createIfAbsent: (path, bytes) => guard(() => inner.createIfAbsent(path, bytes)),
    rename: (from, to) => guard(() => inner.rename(from, to)),
    remove: (path) => guard(() => inner.remove(path)),
    syncDirectory: (path) => guard(() => inner.syncDirectory(path)),
  };
  return {
    fileSystem,
    async cut() {
      isCut = true;
      await Promise.all([...underWay]);
    },
  };
}
