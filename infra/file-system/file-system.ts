/**
 * The file operations that the log and the checkpoints are made of: few, so that a test can fail each in turn or lose what was
 * not synced. Every operation may fail with the system's own error (`code`: ENOSPC, EACCES, ...); `fileError` translates it.
 */
export interface FileSystem {
  /** Makes a folder with its parents, durably. One that is there already is left alone. */
  makeDirectory(path: string): Promise<void>;
  /** What a folder holds, by name; empty where there is no such folder. */
  list(path: string): Promise<readonly DirectoryEntry[]>;
  /** Bytes of a file; null where there is none. */
  size(path: string): Promise<number | null>;
  /** Bytes that may still be written to the disk of a folder; Infinity where the disk does not say. */
  freeBytes(path: string): Promise<number>;
  openRead(path: string): Promise<ReadHandle>;
  /** A new file, or an old one emptied. */
  create(path: string): Promise<WriteHandle>;
  /** Writes go to the file's end; it is made where there is none. */
  append(path: string): Promise<WriteHandle>;
  /** A new file with these bytes, whole or not at all; false where one of that name is there already. */
  createIfAbsent(path: string, bytes: Uint8Array): Promise<boolean>;
  /** Atomic; a file of the new name is replaced. Durable once `syncDirectory` was called for the folders concerned. */
  rename(from: string, to: string): Promise<void>;
  /** Removes a file, or a folder with all it holds. Nothing happens where there is none. */
  remove(path: string): Promise<void>;
  syncDirectory(path: string): Promise<void>;
}

export interface DirectoryEntry {
  readonly name: string;
  readonly kind: 'file' | 'directory';
}

export interface ReadHandle {
  readonly byteLength: number;
  /** Bytes from `start` up to `end` or the file's end, whichever comes first. */
  read(start: number, end: number): Promise<Uint8Array<ArrayBuffer>>;
  close(): Promise<void>;
}

export interface WriteHandle {
  /** Writes all of the bytes, which may be reused once it resolves. */
  write(bytes: Uint8Array): Promise<void>;
  /** Resolves when all that was written would outlive a power cut. */
  sync(): Promise<void>;
  close(): Promise<void>;
}
