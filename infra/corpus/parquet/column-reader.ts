/**
 * One column chunk, a page at a time. In: a file and a chunk. Out: the value of any row, asked for in ascending order; pages that are passed over are not decoded.
 * Memory: one page and the dictionary. Fails with ColumnDamage, which says the rows that are lost; as the file's reads fail.
 */
import type { InputFile } from '../../../operators/corpus/input-file.ts';
import type { Decompress } from './codecs.ts';
import { ByteCursor, readDeltaBytes, readDeltaLengths, readDeltas, readHybrid, type Value } from './encodings.ts';
import type { ColumnChunk } from './footer.ts';
import { numberField, readThrift, structField, type ThriftStruct } from './thrift.ts';

export const maxPageBytes = 128 << 20; // decoded; writers make 1 MB
const headerBytes = 1 << 16; // statistics may hold long texts
const typeInt32 = 1;
const typeInt64 = 2;
const typeByteArray = 6;

export class ColumnDamage extends Error {
  override readonly name = 'ColumnDamage';
  readonly byteOffset: number;
  /** Rows up to here (exclusive, within the group) are lost; null: the rest of the group. */
  readonly endRow: number | null;

  constructor(what: string, byteOffset: number, endRow: number | null, cause?: unknown) {
    super(what, { cause });
    this.byteOffset = byteOffset;
    this.endRow = endRow;
  }
}

interface PageHeader {
  readonly kind: 'data' | 'data-v2' | 'dictionary' | 'other';
  readonly fields: ThriftStruct;
  readonly values: number; // missing ones included
  readonly start: number; // of its payload
  readonly end: number;
  readonly length: number; // decoded
}

export class ColumnReader {
  readonly #file: InputFile;
  readonly #chunk: ColumnChunk;
  readonly #decompress: Decompress;
  #next: number; // offset of the next page
  #nextRow = 0; // its first row
  #pageRow = 0; // first row of the decoded page
  #page: readonly (Value | null)[] = [];
  #pageOffset: number;
  #dictionary: readonly Value[] | null = null;

  constructor(file: InputFile, chunk: ColumnChunk, decompress: Decompress) {
    this.#file = file;
    this.#chunk = chunk;
    this.#decompress = decompress;
    this.#next = this.#pageOffset = chunk.start;
  }

  /** Of the page of the last value. */
  get byteOffset(): number {
    return this.#pageOffset;
  }

  /** @param row within the group; not before one asked for already. */
  async valueAt(row: number): Promise<Value | null> {
    while (row >= this.#pageRow + this.#page.length) await this.#load(row);
    return this.#page[row - this.#pageRow]!;
  }

  async #load(row: number): Promise<void> {
    const offset = this.#next;
    this.#pageOffset = offset;
    let header: PageHeader;
    try {
      header = await this.#header(offset);
    } catch (error) {
      if (!(error instanceof Error) || error instanceof ColumnDamage || isForeign(error)) throw error;
      throw new ColumnDamage(`column ${this.#chunk.name}: ${error.message}`, offset, null, error);
    }
    this.#next = header.end;
    const first = this.#nextRow;
    if (header.kind === 'data' || header.kind === 'data-v2') this.#nextRow += header.values;
    const wanted = header.kind === 'dictionary' || (header.kind !== 'other' && row < this.#nextRow);
    this.#page = [];
    this.#pageRow = this.#nextRow;
    if (!wanted) return;
    const payload = await this.#file.read(header.start, header.end);
    try {
      if (header.kind === 'dictionary') {
        this.#dictionary = this.#plain(new ByteCursor(this.#decompress(payload, this.#chunk.codec, header.length)), header.values);
        return;
      }
      const page = header.kind === 'data' ? this.#dataPage(payload, header) : this.#dataPageV2(payload, header);
      this.#page = page;
      this.#pageRow = first;
    } catch (error) {
      const what = error instanceof Error ? error.message : String(error);
      throw new ColumnDamage(`column ${this.#chunk.name}: ${what}`, offset, header.kind === 'dictionary' ? null : this.#nextRow, error);
    }
  }

  async #header(offset: number): Promise<PageHeader> {
    if (offset >= this.#chunk.end) throw new ColumnDamage(`column ${this.#chunk.name} has fewer values than the group has rows`, offset, null);
    const bytes = await this.#file.read(offset, Math.min(offset + headerBytes, this.#chunk.end));
    const { value, end } = readThrift(bytes);
    const length = numberField(value, 2) ?? 0;
    const packed = numberField(value, 3) ?? 0;
    const start = offset + end;
    if (start + packed > this.#chunk.end) throw new Error('a page longer than its column');
    if (length > maxPageBytes) throw new Error(`a page of ${length} bytes; the limit is ${maxPageBytes}`);
    const kind = (['data', 'other', 'dictionary', 'data-v2'] as const)[numberField(value, 1) ?? 1] ?? 'other';
    const fields = structField(value, { data: 5, dictionary: 7, 'data-v2': 8, other: 6 }[kind]) ?? new Map<number, never>();
    const values = numberField(fields, 1) ?? 0;
    // A run can stand for many values; no writer puts more than some ten thousand texts on a page.
    if (values > maxPageBytes / 8) throw new Error(`a page of ${values} values`);
    return { kind, fields, values, start, end: start + packed, length };
  }

  #dataPage(payload: Uint8Array, header: PageHeader): (Value | null)[] {
    const cursor = new ByteCursor(this.#decompress(payload, this.#chunk.codec, header.length));
    let present: Int32Array | null = null;
    if (this.#chunk.optional) {
      const levels = cursor.take(cursor.uint32());
      present = readHybrid(new ByteCursor(levels), 1, header.values);
    }
    const encoding = numberField(header.fields, 2) ?? 0;
    return this.#spread(cursor, encoding, header.values, present);
  }

  #dataPageV2(payload: Uint8Array, header: PageHeader): (Value | null)[] {
    const levelBytes = numberField(header.fields, 5) ?? 0;
    const repetitionBytes = numberField(header.fields, 6) ?? 0;
    const data = payload.subarray(levelBytes + repetitionBytes);
    const present = this.#chunk.optional
      ? readHybrid(new ByteCursor(payload.subarray(repetitionBytes, repetitionBytes + levelBytes)), 1, header.values)
      : null;
    const packed = header.fields.get(7) !== false;
    const length = header.length - levelBytes - repetitionBytes;
    if (length < 0) throw new Error('a page shorter than its levels');
    const bytes = packed && data.length > 0 ? this.#decompress(data, this.#chunk.codec, length) : data;
    return this.#spread(new ByteCursor(bytes), numberField(header.fields, 4) ?? 0, header.values, present);
  }

  /** The values with null where one is missing. */
  #spread(cursor: ByteCursor, encoding: number, count: number, present: Int32Array | null): (Value | null)[] {
    if (present === null) return this.#values(cursor, encoding, count);
    const values = this.#values(cursor, encoding, present.reduce((sum, level) => sum + (level === 1 ? 1 : 0), 0));
    let next = 0;
    return Array.from(present, (level) => (level === 1 ? values[next++]! : null));
  }

  /** @param encoding parquet.thrift: Encoding. */
  #values(cursor: ByteCursor, encoding: number, count: number): Value[] {
    switch (encoding) {
      case 0:
        return this.#plain(cursor, count);
      case 2:
      case 8: {
        const dictionary = this.#dictionary;
        if (count === 0) return [];
        if (dictionary === null) throw new Error('no dictionary before the page');
        return Array.from(readHybrid(cursor, cursor.byte(), count), (index) => {
          const value = dictionary[index];
          if (value === undefined) throw new Error('a value that is not in the dictionary');
          return value;
        });
      }
      case 5:
        return readDeltas(cursor, count);
      case 6:
        return readDeltaLengths(cursor, count);
      case 7:
        return readDeltaBytes(cursor, count, maxPageBytes);
      default:
        throw new Error(`encoding ${encoding} is not supported`);
    }
  }

  #plain(cursor: ByteCursor, count: number): Value[] {
    const { type } = this.#chunk;
    if (type !== typeByteArray && type !== typeInt32 && type !== typeInt64) throw new Error(`values of type ${type}, not text`);
    const least = type === typeInt64 ? 8 : 4; // bytes a value
    if (count * least > cursor.bytes.length - cursor.at) throw new Error('fewer values than the page says');
    return Array.from({ length: count }, () => {
      if (type === typeByteArray) return cursor.take(cursor.uint32());
      return type === typeInt32 ? cursor.int32() : cursor.int64();
    });
  }
}

/** Errors of the disk or the network, which are not the page's. */
function isForeign(error: Error): boolean {
  return 'code' in error;
}
