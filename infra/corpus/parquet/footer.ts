/**
 * A Parquet file's footer. In: the file. Out: its row groups with the chunks of its flat columns. Fails with a plain Error on a footer that is not there,
 * damaged, or says what cannot be true of the file's length.
 */
import type { InputFile } from '../../../operators/corpus/input-file.ts';
import { listField, numberField, readThrift, structField, textField, type ThriftStruct, type ThriftValue } from './thrift.ts';

export interface ColumnChunk {
  readonly name: string;
  readonly type: number; // parquet.thrift: Type
  readonly optional: boolean;
  readonly codec: number; // CompressionCodec
  readonly start: number; // of its first page, in the file
  readonly end: number;
}

export interface RowGroup {
  readonly firstRow: number;
  readonly rows: number;
  readonly columns: ReadonlyMap<string, ColumnChunk>;
}

const magic = 'PAR1';
const maxFooterBytes = 256 << 20;
const maxRowsInGroup = 2 ** 31;

export async function readFooter(file: InputFile): Promise<readonly RowGroup[]> {
  const size = file.byteLength;
  if (size < 12) throw new Error(`${size} bytes are no Parquet file`);
  const tail = Buffer.from(await file.read(size - 8, size));
  if (tail.toString('latin1', 4) !== magic) throw new Error('it does not end with PAR1');
  const length = tail.readUInt32LE(0);
  if (length > size - 12 || length > maxFooterBytes) throw new Error(`a footer of ${length} bytes in a file of ${size}`);
  const { value } = readThrift(await file.read(size - 8 - length, size - 8));
  const flat = flatColumns(listField(value, 2).map(asStruct));
  const groups: RowGroup[] = [];
  let firstRow = 0;
  for (const group of listField(value, 4).map(asStruct)) {
    const rows = numberField(group, 3) ?? 0;
    if (rows > maxRowsInGroup) throw new Error(`a row group of ${rows} rows`);
    groups.push({ firstRow, rows, columns: chunksOf(group, flat, size) });
    firstRow += rows;
  }
  return groups;
}

/** Top-level columns that are no lists or structs: name -> whether values may be missing. */
function flatColumns(schema: readonly ThriftStruct[]): ReadonlyMap<string, boolean> {
  const flat = new Map<string, boolean>();
  for (let i = 1; i < schema.length; i++) {
    const element = schema[i]!;
    let below = numberField(element, 5) ?? 0;
    if (below > 0) {
      for (; below > 0 && i + 1 < schema.length; below--) below += numberField(schema[++i]!, 5) ?? 0;
      continue;
    }
    const repetition = numberField(element, 3) ?? 0; // REQUIRED, OPTIONAL, REPEATED
    if (repetition < 2) flat.set(textField(element, 4), repetition === 1);
  }
  return flat;
}

function chunksOf(group: ThriftStruct, flat: ReadonlyMap<string, boolean>, fileBytes: number): ReadonlyMap<string, ColumnChunk> {
  const chunks = new Map<string, ColumnChunk>();
  for (const column of listField(group, 1).map(asStruct)) {
    const data = structField(column, 3);
    if (data === null) continue;
    const path = listField(data, 3).map((part) => (part instanceof Uint8Array ? new TextDecoder().decode(part) : ''));
    const [name] = path;
    const optional = name === undefined || path.length > 1 ? undefined : flat.get(name);
    if (name === undefined || optional === undefined) continue;
    const dictionary = numberField(data, 11) ?? 0;
    const firstPage = numberField(data, 9) ?? 0;
    const start = dictionary > 0 ? Math.min(dictionary, firstPage) : firstPage;
    const end = start + (numberField(data, 7) ?? 0);
    if (start < 4 || end > fileBytes) throw new Error(`column ${name} lies outside the file`);
    chunks.set(name, { name, type: numberField(data, 1) ?? 0, optional, codec: numberField(data, 4) ?? 0, start, end });
  }
  return chunks;
}

function asStruct(value: ThriftValue): ThriftStruct {
  if (value instanceof Map) return value as ThriftStruct;
  throw new Error('thrift: a struct was expected');
}
