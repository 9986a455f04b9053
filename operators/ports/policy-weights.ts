import type { SaveCheckpoint } from './run-store.ts';

/** A folder of weights on storage that all workers reach. */
export interface StoredWeights {
  /** Relative to the storage. */
  readonly address: string;
  /** Of its files, by name, size and content. */
  readonly sha256: string;
}

/** Where policy versions lie for the workers. Errors: WEIGHTS_UNAVAILABLE, DISK_FULL, NOT_WRITABLE, NETWORK_FAILED. */
export interface PolicyWeights {
  /** Stores what `save` writes into a folder; durable when it resolves. What is there under this address is replaced. */
  put(address: string, save: SaveCheckpoint): Promise<StoredWeights>;
  /** The folder on this machine, its checksum compared. To be closed once it is read. */
  open(stored: StoredWeights): Promise<{ readonly directory: string; close(): Promise<void> }>;
  /** Writes the files into a folder that is there, synced, their checksum compared. */
  copy(stored: StoredWeights, directory: string): Promise<void>;
  /** Nothing happens where there is none. */
  remove(address: string): Promise<void>;
  /** Removes all that is there. */
  clear(): Promise<void>;
}
