/**
 * Rows of one part of the log, in a browser as in Node. In: where its bytes come from, the table, which columns. Out: its rows as they were
 * written, those of an older version with null in the fields that came since; only the footer and the columns asked for are read, or all of a part that is small. Can go wrong: LOG_DAMAGED for what is
 * no whole Parquet, RECORD_INVALID for another record or a newer version.
 */
import { decompress } from 'fzstd';
import { parquetMetadataAsync, parquetReadObjects, type AsyncBuffer } from 'hyparquet';
import { fromParquetRow } from '../../../schemas/parquet-schema.ts';
import { PretrainZeroError } from '../../../schemas/pretrain-zero-error.ts';
import type { RecordDefinition, RecordOf } from '../../../schemas/record-definition.ts';
import { writtenFields } from '../../sample-log/written-fields.ts';
import type { Part, PartBytes } from './part-bytes.ts';

/** A part of at most this many bytes is read in one piece. */
const smallBytes = 96 << 10;
/** Bytes from a part's end that hold its footer, nearly always. */
const footerBytes = 16 << 10;
/** A page that claims to unfold to more is taken for damaged. */
const maxPageBytes = 1 << 28;

export async function partRows<D extends RecordDefinition, K extends keyof RecordOf<D> & string = keyof RecordOf<D> & string>(
  source: PartBytes,
  part: Part,
  { definition }: { readonly definition: D },
  columns?: readonly K[],
): Promise<Pick<RecordOf<D>, K>[]> {
  try {
    const file = await openPart(source, part);
    const metadata = await parquetMetadataAsync(file, { initialFetchSize: footerBytes });
    const written = writtenFields(definition, metadata, part.path);
    const read = {
      file,
      metadata,
      compressors: { ZSTD: unfold },
      parsers: { stringFromBytes: (bytes: Uint8Array) => utf8.decode(bytes) },
      ...(columns && { columns: columns.filter((name) => written.has(name)) }),
    };
    return (await parquetReadObjects(read)).map(fromParquetRow(definition, columns)) as Pick<RecordOf<D>, K>[];
  } catch (error) {
    if (error instanceof PretrainZeroError) throw error;
    throw new PretrainZeroError('LOG_DAMAGED', `not a whole Parquet file: ${String(error)}`, { file: part.path }, error);
  }
}

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

function unfold(frame: Uint8Array, bytes: number): Uint8Array {
  if (bytes > maxPageBytes) throw new Error(`a page of ${bytes} bytes`);
  const page = decompress(frame, new Uint8Array(bytes));
  if (page.length !== bytes) throw new Error(`a page holds ${page.length} bytes, not ${bytes}`);
  return page;
}

async function openPart(source: PartBytes, part: Part): Promise<AsyncBuffer> {
  if (part.bytes > smallBytes) return { byteLength: part.bytes, slice: (start, end = part.bytes) => source.read(part, start, end) };
  const whole = await source.read(part, 0, part.bytes);
  return { byteLength: part.bytes, slice: (start, end) => whole.slice(start, end) };
}
