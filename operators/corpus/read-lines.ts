/**
 * The lines of a text file. In: its decoded bytes. Out: decoded lines with their numbers, and dead letters for lines that are not UTF-8 or over the
 * limit, and for damage. Memory: one line up to the limit. Errors: those of the byte stream.
 */
import type { DeadLetter } from '../../schemas/records/dead-letter.ts';
import type { ByteStream } from './byte-stream.ts';
import { corpusLetter } from './corpus-letter.ts';
import { decodeUtf8 } from './decode-utf8.ts';
import type { PagePlace } from './page.ts';
import { scanRecords } from './scan-records.ts';

export type LineEvent = { readonly next: PagePlace | null } & (
  | { readonly kind: 'line'; readonly text: string; readonly number: number; readonly start: PagePlace }
  | { readonly kind: 'letter'; readonly letter: DeadLetter }
);

/** @param options.maxLineBytes longer lines become a dead letter. */
export async function* readLines(stream: ByteStream, from: PagePlace, options: { readonly file: string; readonly maxLineBytes: number }): AsyncGenerator<LineEvent, void> {
  const { file, maxLineBytes } = options;
  let before = from.record; // lines
  for await (const event of scanRecords(stream, from, { open: '', close: '\n' }, maxLineBytes)) {
    if (event.kind === 'end') return;
    if (event.kind === 'damage') {
      const { code, message, byteOffset, next } = event.damage;
      const letter = corpusLetter({ code, message, file, pageId: event.cut === null ? null : `${before + 1}`, byteOffset });
      if (event.cut !== null) before++;
      yield { kind: 'letter', letter, next: next === null ? null : { ...next, record: before } };
      continue;
    }
    const { record } = event;
    const start = { ...record.start, record: before };
    const number = ++before;
    const next = event.next === null ? null : { ...event.next, record: before };
    const decoded = record.byteLength > maxLineBytes ? null : decodeUtf8(record.bytes);
    if (decoded !== null && decoded.text !== null) {
      yield { kind: 'line', text: decoded.text.replace(/\r$/, ''), number, start, next };
      continue;
    }
    const fault = { file, pageId: `${number}`, byteOffset: start.byteOffset };
    const letter =
      decoded === null
        ? corpusLetter({ ...fault, code: 'INPUT_TOO_LARGE', message: `line ${number} has ${record.byteLength} bytes; corpus.maxPageBytes is ${maxLineBytes}` })
        : corpusLetter({ ...fault, code: 'INPUT_UNDECODABLE', message: `line ${number} is not UTF-8 at byte ${decoded.goodBytes} of the line` });
    yield { kind: 'letter', letter, next };
  }
}
