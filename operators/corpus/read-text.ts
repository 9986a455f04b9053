/**
 * Plain text as pages: one a paragraph, between blank lines. In: decoded bytes. Out: paragraphs, numbered by their first line, and dead letters
 * for paragraphs over the limit and for those with a line that cannot be used or is lost: one each, as the rest would begin or end within a sentence. Errors: those of
 * the byte stream.
 */
import type { DeadLetter } from '../../schemas/records/dead-letter.ts';
import type { ByteStream } from './byte-stream.ts';
import { corpusLetter } from './corpus-letter.ts';
import type { PageEvent, PagePlace } from './page.ts';
import { readLines } from './read-lines.ts';

export async function* readText(stream: ByteStream, from: PagePlace, options: { readonly file: string; readonly maxPageBytes: number }): AsyncGenerator<PageEvent, void> {
  const { file, maxPageBytes } = options;
  let lines: string[] = [];
  let start: PagePlace = from;
  let number = from.record + 1; // of the paragraph's first line
  let length = 0; // UTF-16 code units seen of the paragraph
  let fault: DeadLetter | null = null; // the first one of the paragraph

  const finish = (next: PagePlace | null): PageEvent => {
    if (fault !== null) return { kind: 'letter', letter: fault, next };
    const text = lines.join('\n');
    const bytes = length > maxPageBytes ? length : Buffer.byteLength(text);
    const pageId = `${number}`;
    const { byteOffset } = start;
    if (bytes > maxPageBytes) {
      const message = `the paragraph at line ${number} has over ${maxPageBytes} bytes, which is corpus.maxPageBytes`;
      return { kind: 'letter', letter: corpusLetter({ code: 'INPUT_TOO_LARGE', message, file, pageId, byteOffset }), next };
    }
    return { kind: 'page', page: { title: '', pageId, text, markup: 'plain', byteOffset }, start, next };
  };
  const begin = (place: PagePlace): void => {
    lines = [];
    length = 0;
    fault = null;
    start = place;
    number = place.record + 1;
  };

  for await (const line of readLines(stream, from, { file, maxLineBytes: maxPageBytes })) {
    if (line.kind === 'letter') fault ??= line.letter;
    else if (line.text.trim() === '') {
      if (length > 0 || fault !== null) yield finish(line.next);
      if (line.next === null) return;
      begin(line.next);
    } else {
      length += line.text.length + 1;
      if (length <= maxPageBytes) lines.push(line.text);
      else lines = [];
    }
  }
  if (length > 0 || fault !== null) yield finish(null);
}
