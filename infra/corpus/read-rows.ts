/**
 * The rows of data files, whatever their fields. In: JSON Lines (plain or gzip), JSON (an array, or an object with one in `examples` or `data`) or Parquet, on disk or on the hub. Out: rows as plain
 * values with the place they stand at, in the order of the files. Memory: a row group of Parquet, a whole JSON file. Fails with CORPUS_NOT_FOUND, INPUT_MALFORMED (naming file and line), INPUT_TOO_LARGE,
 * NETWORK_FAILED.
 */
import { parquetMetadataAsync, parquetReadObjects, type AsyncBuffer } from 'hyparquet';
import type { FoundFile, InputFile } from '../../operators/corpus/input-file.ts';
import { firstPage } from '../../operators/corpus/page.ts';
import { readLines } from '../../operators/corpus/read-lines.ts';
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';
import { nodeFileSystem } from './file-system.ts';
import { gzipBytes } from './gzip-bytes.ts';
import { findHubFiles } from './hub-files.ts';
import { findLocalFiles } from './local-files.ts';
import { loadCodecs } from './parquet/codecs.ts';
import { plainBytes } from './plain-bytes.ts';
import type { HubOptions } from '../hub/hub-options.ts';

const maxRowBytes = 16 << 20; // of a line
const maxJsonBytes = 256 << 20;
const codecNumbers: Readonly<Record<string, number>> = { UNCOMPRESSED: 0, SNAPPY: 1, GZIP: 2, BROTLI: 4, ZSTD: 6 }; // parquet.thrift

export interface DataRow {
  readonly row: unknown;
  readonly file: string;
  /** From 0, within the file. */
  readonly index: number;
}

/** The files of a path, glob or hf:// address. */
export function findDataFiles(path: string, hub?: HubOptions): Promise<FoundFile[]> {
  return path.startsWith('hf://') ? findHubFiles(path, hub) : findLocalFiles(path, nodeFileSystem);
}

export async function* readRows(files: readonly FoundFile[]): AsyncGenerator<DataRow, void> {
  for (const found of files) {
    const file = await found.open();
    try {
      let index = 0;
      for await (const row of rowsOf(file)) yield { row, file: found.address, index: index++ };
    } finally {
      await file.close();
    }
  }
}

/** The format goes by the name. */
export function rowsOf(file: InputFile): AsyncGenerator<unknown, void> {
  if (/\.parquet$/i.test(file.address)) return parquetRows(file);
  if (/\.json$/i.test(file.address)) return jsonRows(file);
  if (/\.(?:jsonl|ndjson|jsonlines)(?:\.gz)?$/i.test(file.address)) return lineRows(file);
  throw new PretrainZeroError('INPUT_MALFORMED', 'the name does not tell the format: .jsonl, .jsonl.gz, .json or .parquet', { file: file.address });
}

async function* lineRows(file: InputFile): AsyncGenerator<unknown, void> {
  const stream = /\.gz$/i.test(file.address) ? gzipBytes(file) : plainBytes(file);
  for await (const line of readLines(stream, firstPage, { file: file.address, maxLineBytes: maxRowBytes })) {
    if (line.kind === 'letter') throw new PretrainZeroError('INPUT_MALFORMED', line.letter.message);
    if (line.text.trim() !== '') yield parseJson(line.text, file.address, line.number);
  }
}

async function* jsonRows(file: InputFile): AsyncGenerator<unknown, void> {
  if (file.byteLength > maxJsonBytes) throw new PretrainZeroError('INPUT_TOO_LARGE', `${file.byteLength} bytes of JSON; the limit is ${maxJsonBytes}: use JSON Lines`, { file: file.address });
  const value = parseJson(new TextDecoder().decode(await file.read(0, file.byteLength)), file.address);
  const rows: unknown = Array.isArray(value) ? value : typeof value !== 'object' || value === null ? null : 'examples' in value ? value.examples : 'data' in value ? value.data : null;
  if (!Array.isArray(rows)) throw new PretrainZeroError('INPUT_MALFORMED', 'neither an array nor an object with one in `examples` or `data`', { file: file.address });
  yield* rows as unknown[];
}

function parseJson(text: string, file: string, line?: number): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new PretrainZeroError('INPUT_MALFORMED', `not JSON: ${cause instanceof Error ? cause.message : String(cause)}`, { file, ...(line !== undefined && { line }) }, cause);
  }
}

async function* parquetRows(file: InputFile): AsyncGenerator<unknown, void> {
  const buffer: AsyncBuffer = {
    byteLength: file.byteLength,
    slice: async (start, end = file.byteLength) => new Uint8Array(await file.read(start, end)).buffer,
  };
  const decompress = await loadCodecs();
  const compressors = Object.fromEntries(Object.entries(codecNumbers).map(([name, codec]) => [name, (bytes: Uint8Array, length: number) => decompress(bytes, codec, length)]));
  try {
    const metadata = await parquetMetadataAsync(buffer);
    let rowStart = 0;
    for (const group of metadata.row_groups) {
      const rowEnd = rowStart + Number(group.num_rows);
      yield* await parquetReadObjects({ file: buffer, metadata, rowStart, rowEnd, compressors });
      rowStart = rowEnd;
    }
  } catch (cause) {
    if (cause instanceof PretrainZeroError) throw cause;
    throw new PretrainZeroError('INPUT_MALFORMED', `the Parquet file cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`, { file: file.address }, cause);
  }
}
