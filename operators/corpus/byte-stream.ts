/**
 * The decoded bytes of an input file, in chunks that remember where they can be read again. Plain files, bzip2 and gzip
 * implement it. Damage comes as an event, not as an exception: the bytes after it belong to a later, undamaged part.
 */
import type { ErrorCode } from '../../schemas/error-codes.ts';

/** A place in the decoded bytes of a file from which reading can begin. JSON. */
export interface ReadPoint {
  /** Place in the stored file: a byte (plain), a bit (bzip2: the first of a block), 0 (gzip), a row (Parquet). */
  readonly at: number;
  /** Decoded bytes to leave out after it. */
  readonly skip: number;
  /** The offset to tell people: of the byte (plain), of the compressed stream (bzip2, gzip), of the row group (Parquet). */
  readonly byteOffset: number;
}

export const fileStart: ReadPoint = { at: 0, skip: 0, byteOffset: 0 };

export interface ByteChunk {
  readonly kind: 'bytes';
  readonly bytes: Uint8Array; // valid until the next chunk is asked for
  readonly at: number;
  /** Of the first byte; byte i lies at `at`, `skip + i`, or at `at + i`, 0 where `seekable`. */
  readonly skip: number;
  /** Whether every byte is a read point of its own (plain files). */
  readonly seekable: boolean;
  /** Offset in the stored file: of the first byte (plain), or of the compressed stream that holds it. */
  readonly byteOffset: number;
}

/** Bytes that could not be decoded. What came before and what comes after do not belong together. */
export interface ByteDamage {
  readonly kind: 'damage';
  readonly code: ErrorCode;
  readonly message: string;
  readonly byteOffset: number; // in the stored file
  /** Where reading goes on; null: nothing follows. */
  readonly next: ReadPoint | null;
}

export interface ByteStream {
  /** @param from a point that an earlier chunk of the same file gave, or `fileStart`. */
  chunks(from: ReadPoint): AsyncGenerator<ByteChunk | ByteDamage, void>;
}

/** The point of byte `i` of a chunk. */
export function pointIn(chunk: ByteChunk, i: number): ReadPoint {
  return chunk.seekable
    ? { at: chunk.at + i, skip: 0, byteOffset: chunk.byteOffset + i }
    : { at: chunk.at, skip: chunk.skip + i, byteOffset: chunk.byteOffset };
}
