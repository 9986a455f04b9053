/**
 * Where corpus bytes come from, as the readers see it: a file of known size with random access. Local disk and the Hugging Face
 * hub implement it. Errors: NETWORK_FAILED, and whatever the disk says.
 */
export interface InputFile {
  /** What people call the file: a path as it was given, or an hf:// address. Named in records and dead letters. */
  readonly address: string;
  readonly byteLength: number;
  /** Bytes `start` to `end` (exclusive); fewer only where the file ends. */
  read(start: number, end: number): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** A file that has been found and not yet opened. */
export interface FoundFile {
  readonly address: string;
  readonly byteLength: number;
  open(): Promise<InputFile>;
}
