/**
 * Hugging Face-style Wikipedia Parquet as pages: columns `text`, and where there `id` and `title`. In: a file. Out: a page a row; dead letters for a damaged footer, for the rows
 * of damaged pages, for rows that are not UTF-8 or over the limit. Memory: one page of each column. Errors: those of the file's reads.
 */
import type { ErrorCode } from '../../schemas/error-codes.ts';
import { corpusLetter } from '../../operators/corpus/corpus-letter.ts';
import { decodeUtf8 } from '../../operators/corpus/decode-utf8.ts';
import type { InputFile } from '../../operators/corpus/input-file.ts';
import type { PageEvent, PagePlace } from '../../operators/corpus/page.ts';
import { loadCodecs, type Decompress } from './parquet/codecs.ts';
import { ColumnDamage, ColumnReader } from './parquet/column-reader.ts';
import type { Value } from './parquet/encodings.ts';
import { readFooter, type RowGroup } from './parquet/footer.ts';
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';

interface ReadParquetOptions {
  readonly file: string;
  readonly maxPageBytes: number; // of a row's text
}

/** @param from `at` and `record` are the row. */
export async function* readParquet(file: InputFile, from: PagePlace, options: ReadParquetOptions): AsyncGenerator<PageEvent, void> {
  let groups: readonly RowGroup[];
  try {
    groups = await readFooter(file);
    const without = groups.find((group) => !group.columns.has('text'));
    if (without !== undefined) throw new Error('there is no column "text" of plain values');
  } catch (error) {
    if (error instanceof PretrainZeroError) throw error;
    const message = `the Parquet footer cannot be used: ${error instanceof Error ? error.message : String(error)}`;
    const byteOffset = Math.max(0, file.byteLength - 8);
    yield { kind: 'letter', letter: corpusLetter({ code: 'INPUT_MALFORMED', message, file: options.file, byteOffset }), next: null };
    return;
  }
  const decompress = await loadCodecs();
  for (const group of groups) {
    if (from.record < group.firstRow + group.rows) yield* readGroup(file, group, Math.max(0, from.record - group.firstRow), decompress, options);
  }
}

async function* readGroup(
  file: InputFile,
  group: RowGroup,
  firstRow: number,
  decompress: Decompress,
  { file: address, maxPageBytes }: ReadParquetOptions,
): AsyncGenerator<PageEvent, void> {
  const column = (name: string): ColumnReader | null => {
    const chunk = group.columns.get(name);
    return chunk === undefined ? null : new ColumnReader(file, chunk, decompress);
  };
  const texts = column('text')!;
  const titles = column('title');
  const ids = column('id');
  const placeOf = (row: number): PagePlace => ({ at: group.firstRow + row, skip: 0, byteOffset: texts.byteOffset, record: group.firstRow + row });
  const letterOf = (code: ErrorCode, message: string, row: number, byteOffset: number, next: number): PageEvent => ({
    kind: 'letter',
    letter: corpusLetter({ code, message, file: address, pageId: `${group.firstRow + row}`, byteOffset }),
    next: placeOf(next),
  });

  for (let row = firstRow; row < group.rows; ) {
    let values: { text: Value | null; title: Value | null; id: Value | null };
    try {
      values = {
        text: await texts.valueAt(row),
        title: (await titles?.valueAt(row)) ?? null,
        id: (await ids?.valueAt(row)) ?? null,
      };
    } catch (error) {
      if (!(error instanceof ColumnDamage)) throw error;
      const end = Math.min(group.rows, Math.max(row + 1, error.endRow ?? group.rows));
      const message = `${error.message}: rows ${group.firstRow + row} to ${group.firstRow + end - 1} are lost`;
      yield letterOf('INPUT_MALFORMED', message, row, error.byteOffset, end);
      row = end;
      continue;
    }
    const start = placeOf(row);
    const name = `row ${group.firstRow + row}`;
    row++;
    const { text } = values;
    if (text === null || (text instanceof Uint8Array && text.length === 0)) {
      yield { kind: 'left-out', reason: 'empty', next: placeOf(row) };
    } else if (!(text instanceof Uint8Array)) {
      yield letterOf('INPUT_MALFORMED', `${name}: "text" is a number`, row - 1, start.byteOffset, row);
    } else if (text.length > maxPageBytes) {
      yield letterOf('INPUT_TOO_LARGE', `${name} has ${text.length} bytes of text; corpus.maxPageBytes is ${maxPageBytes}`, row - 1, start.byteOffset, row);
    } else {
      const decoded = decodeUtf8(text);
      if (decoded.text === null) {
        yield letterOf('INPUT_UNDECODABLE', `the text of ${name} is not UTF-8 at byte ${decoded.goodBytes}`, row - 1, start.byteOffset, row);
        continue;
      }
      const pageId = plainText(values.id) ?? `${start.record}`;
      const page = { title: plainText(values.title) ?? '', pageId, text: decoded.text, markup: 'extracted', byteOffset: start.byteOffset } as const;
      yield { kind: 'page', page, start, next: placeOf(row) };
    }
  }
}

/** A title or id; null where there is none. Bytes that are not UTF-8 become U+FFFD. */
function plainText(value: Value | null): string | null {
  if (value === null) return null;
  return typeof value === 'bigint' ? value.toString() : new TextDecoder().decode(value);
}
