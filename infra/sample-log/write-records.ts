/**
 * Records to a Parquet file. In: a definition and its rows. Out: the file, synced, with its size and SHA-256; the same rows and
 * settings give the same bytes. Memory is bounded by one row group. Can go wrong: RECORD_INVALID for a row that is not of its
 * definition, and the system's errors.
 */
import { createHash } from 'node:crypto';
import { ByteWriter, parquetWriteRows } from 'hyparquet-writer';
import { checkRecord } from '../../schemas/check-record.ts';
import { parquetColumns, parquetMetadata, parquetSchema, toParquetRow, type ParquetRow } from '../../schemas/parquet-schema.ts';
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';
import type { RecordDefinition, RecordOf } from '../../schemas/record-definition.ts';
import type { FileSystem, WriteHandle } from '../file-system/file-system.ts';
import { loadZstd } from './zstd.ts';

export interface ParquetSettings {
  readonly rowGroupRows: number;
  readonly compressionLevel: number; // zstd, 1 to 19
}

export interface WrittenFile {
  readonly bytes: number;
  readonly sha256: string; // hexadecimal
}

export function writeRecords<D extends RecordDefinition>(
  fileSystem: FileSystem,
  path: string,
  definition: D,
  rows: Iterable<NoInfer<RecordOf<D>>>,
  settings: ParquetSettings,
): Promise<WrittenFile> {
  return writeRows(fileSystem, path, definition, rows as Iterable<unknown> as Iterable<object>, settings);
}

/** The same where the definition is known at run time alone. */
export async function writeRows(
  fileSystem: FileSystem,
  path: string,
  definition: RecordDefinition,
  rows: Iterable<object>,
  settings: ParquetSettings,
): Promise<WrittenFile> {
  const zstd = await loadZstd();
  const handle = await fileSystem.create(path);
  try {
    const writer = new HandleWriter(handle);
    await parquetWriteRows({
      writer,
      rows: checkedRows(definition, rows),
      columns: parquetColumns(definition),
      schema: parquetSchema(definition),
      rowGroupSize: settings.rowGroupRows,
      codec: 'ZSTD',
      compressors: { ZSTD: (bytes) => zstd.compress(bytes, settings.compressionLevel) },
      kvMetadata: parquetMetadata(definition),
      createdBy: 'pretrainzero',
    });
    await writer.flush(); // the footer
    await handle.sync();
    return { bytes: writer.offset, sha256: writer.digest() };
  } finally {
    await handle.close();
  }
}

function* checkedRows(definition: RecordDefinition, rows: Iterable<object>): Generator<ParquetRow> {
  const convert = toParquetRow(definition);
  for (const row of rows) {
    const [issue, ...others] = checkRecord(definition, row);
    if (issue !== undefined) {
      const more = others.length === 0 ? '' : `, and ${others.length} more`;
      const id = 'id' in row && typeof row.id === 'string' ? { id: row.id } : {};
      throw new PretrainZeroError('RECORD_INVALID', `${definition.name}: ${issue.path} ${issue.message}${more}`, id);
    }
    yield convert(row);
  }
}

/** Passes each finished row group on to the file, and into the digest. */
class HandleWriter extends ByteWriter {
  readonly #handle: WriteHandle;
  readonly #hash = createHash('sha256');

  constructor(handle: WriteHandle) {
    super();
    this.#handle = handle;
  }

  /** The library awaits it between row groups. */
  async flush(): Promise<void> {
    const bytes = this.getBytes();
    this.#hash.update(bytes);
    await this.#handle.write(bytes);
    this.index = 0;
  }

  digest(): string {
    return this.#hash.digest('hex');
  }
}
