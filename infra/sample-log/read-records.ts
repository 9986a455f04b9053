/**
 * A Parquet file back to records. In: a definition and a file. Out: its rows in order, as they were written, one row group in
 * memory at a time. A file of an older version of the record has null in the fields that came since. Can go wrong: LOG_DAMAGED for a file that is no
 * Parquet, is cut or altered; RECORD_INVALID for one of another record, of a newer version, or with a row that is not of its definition.
 */
import { parquetMetadataAsync, parquetReadObjects, type AsyncBuffer, type FileMetaData, type ParquetQueryFilter } from 'hyparquet';
import { checkRecord } from '../../schemas/check-record.ts';
import { fromParquetRow } from '../../schemas/parquet-schema.ts';
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';
import type { RecordDefinition, RecordOf } from '../../schemas/record-definition.ts';
import type { FileSystem, ReadHandle } from '../file-system/file-system.ts';
import { writtenFields } from './written-fields.ts';
import { loadZstd } from './zstd.ts';

export interface ReadOptions<K extends string = string> {
  /** Only these fields are read from the file and given. @default all */
  readonly columns?: readonly K[];
  /** Rows whose fields have these values; row groups without any are not read. @default all rows */
  readonly where?: Readonly<Record<string, string | number>>;
}

/** Bytes of the footer beyond which a file is taken for damaged. */
const maxFooterBytes = 64 << 20;

export function readRecords<D extends RecordDefinition, K extends keyof RecordOf<D> & string = keyof RecordOf<D> & string>(
  fileSystem: FileSystem,
  path: string,
  definition: D,
  options: ReadOptions<K> = {},
): AsyncGenerator<Pick<RecordOf<D>, K>, undefined> {
  return readRows(fileSystem, path, definition, options) as AsyncGenerator<Pick<RecordOf<D>, K>, undefined>;
}

/** The same where the definition is known at run time alone. */
export async function* readRows(
  fileSystem: FileSystem,
  path: string,
  definition: RecordDefinition,
  options: ReadOptions = {},
): AsyncGenerator<object, undefined> {
  const { columns, where } = options;
  const zstd = await loadZstd();
  const handle = await fileSystem.openRead(path);
  try {
    const file = asyncBuffer(handle);
    const metadata = await orDamaged(path, () => readMetadata(file));
    const written = writtenFields(definition, metadata, path);
    const convert = fromParquetRow(definition, columns);
    let rowStart = 0;
    for (const group of metadata.row_groups) {
      const rowEnd = rowStart + Number(group.num_rows);
      const read = {
        file,
        metadata,
        rowStart,
        rowEnd,
        compressors: { ZSTD: (frame: Uint8Array, outputBytes: number) => zstd.decompress(frame, outputBytes) },
        parsers: { stringFromBytes: (bytes: Uint8Array) => utf8.decode(bytes) },
        ...(columns && { columns: columns.filter((name) => written.has(name)) }),
        ...(where && { filter: filterOf(definition, where) }),
      };
      const rows = await orDamaged(path, async () => (await parquetReadObjects(read)).map(convert));
      for (const row of rows) {
        if (columns === undefined) requireValid(definition, row, path);
        yield row;
      }
      rowStart = rowEnd;
    }
  } finally {
    await handle.close();
  }
}

/** Names of the fields that a file's rows were written with. Can go wrong: as `readRecords`. */
export async function readFieldNames(fileSystem: FileSystem, path: string, definition: RecordDefinition): Promise<ReadonlySet<string>> {
  const handle = await fileSystem.openRead(path);
  try {
    const metadata = await orDamaged(path, () => readMetadata(asyncBuffer(handle)));
    return writtenFields(definition, metadata, path);
  } finally {
    await handle.close();
  }
}

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

function asyncBuffer(handle: ReadHandle): AsyncBuffer {
  return {
    byteLength: handle.byteLength,
    slice: async (start, end = handle.byteLength) => (await handle.read(start, end)).buffer,
  };
}

async function readMetadata(file: AsyncBuffer): Promise<FileMetaData> {
  if (file.byteLength < 12) throw new Error('too short for a Parquet file');
  const footer = new DataView(await file.slice(file.byteLength - 8));
  const bytes = footer.getUint32(0, true);
  if (bytes > Math.min(maxFooterBytes, file.byteLength - 12)) throw new Error(`a footer of ${bytes} bytes does not fit`);
  return parquetMetadataAsync(file);
}

function filterOf(definition: RecordDefinition, where: Readonly<Record<string, string | number>>): ParquetQueryFilter {
  const conditions = Object.entries(where).map(([name, value]) => {
    const wide = definition.fields[name]?.type === 'int53';
    return [name, { $eq: wide ? BigInt(value) : value }] as const;
  });
  return Object.fromEntries(conditions);
}

function requireValid(definition: RecordDefinition, row: unknown, file: string): void {
  const issue = checkRecord(definition, row)[0];
  if (issue !== undefined) throw new PretrainZeroError('RECORD_INVALID', `${definition.name}: ${issue.path} ${issue.message}`, { file });
}

/** The reader's errors say what the file is not; who reads the message needs its name. */
async function orDamaged<T>(file: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof PretrainZeroError) throw error;
    throw new PretrainZeroError('LOG_DAMAGED', `not a whole Parquet file: ${String(error)}`, { file }, error);
  }
}
