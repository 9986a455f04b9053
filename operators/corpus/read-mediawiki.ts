/**
 * A MediaWiki dump (export 0.10 and 0.11) as pages. In: its decoded bytes. Out: articles (namespace 0, no redirects, wikitext), and a dead
 * letter for each page that is broken, cut off, not UTF-8 or over the limit; the next page is found by its tag, so one bad
 * page costs itself alone. Memory: one page up to the limit. Errors: those of the byte stream.
 */
import type { ErrorCode } from '../../schemas/error-codes.ts';
import type { ByteStream, ReadPoint } from './byte-stream.ts';
import { corpusLetter } from './corpus-letter.ts';
import { decodeUtf8 } from './decode-utf8.ts';
import { isDisambiguation } from './is-disambiguation.ts';
import type { LeftOutPage, PageEvent, PagePlace } from './page.ts';
import { parsePageXml, type MediaWikiPage } from './parse-page-xml.ts';
import { scanRecords, type ByteRecord } from './scan-records.ts';

export interface ReadMediaWikiOptions {
  readonly file: string;
  readonly maxPageBytes: number; // of a page's text
}

const markupBytes = 1 << 16; // what a page's XML may add to its text
const escapedBytesPerByte = 2; // what `&lt;`, `&quot;` and so on may make of wikitext
const headBytes = 4096; // searched for title and id of a page that cannot be parsed

export async function* readMediaWiki(stream: ByteStream, from: PagePlace, options: ReadMediaWikiOptions): AsyncGenerator<PageEvent, void> {
  const { file, maxPageBytes } = options;
  const limit = maxPageBytes * escapedBytesPerByte + markupBytes;

  for await (const event of scanRecords(stream, from, { open: '<page>', close: '</page>' }, limit)) {
    if (event.kind === 'damage') {
      const { code, message, byteOffset, next } = event.damage;
      const head = event.cut === null ? null : headOf(event.cut);
      const cut = head === null ? '' : `; page ${head.name} is cut off`;
      const letter = corpusLetter({ code, message: message + cut, file, pageId: head?.id ?? null, byteOffset });
      yield { kind: 'letter', letter, next: placeAt(next) };
    } else if (event.kind === 'end') {
      if (Buffer.from(event.outside).includes('</mediawiki>')) return;
      const message = 'the file ends without </mediawiki>: it is cut off, or no MediaWiki dump';
      yield { kind: 'letter', letter: corpusLetter({ code: 'INPUT_TRUNCATED', message, file, byteOffset: event.byteOffset }), next: null };
    } else {
      yield { ...asPage(event.record, event.ending), next: placeAt(event.next) };
    }
  }

  type Outcome = PageEvent extends infer E ? (E extends PageEvent ? Omit<E, 'next'> : never) : never;

  function asPage(record: ByteRecord, ending: 'complete' | 'reopened' | 'end'): Outcome {
    const fail = (code: ErrorCode, message: (name: string) => string): Outcome => {
      const { id, name } = headOf(record);
      return { kind: 'letter', letter: corpusLetter({ code, message: message(name), file, pageId: id, byteOffset: record.start.byteOffset }) };
    };
    if (record.byteLength > limit) {
      return fail('INPUT_TOO_LARGE', (name) => `page ${name} has ${record.byteLength} bytes; corpus.maxPageBytes is ${maxPageBytes}`);
    }
    if (ending === 'reopened') return fail('INPUT_MALFORMED', (name) => `page ${name} is not closed before the next one begins`);
    if (ending === 'end') return fail('INPUT_TRUNCATED', (name) => `the file ends within page ${name}`);
    const decoded = decodeUtf8(record.bytes);
    if (decoded.text === null) {
      return fail('INPUT_UNDECODABLE', (name) => `page ${name} is not UTF-8 at byte ${decoded.goodBytes} of the page`);
    }
    let page: MediaWikiPage;
    try {
      page = parsePageXml(decoded.text);
    } catch (error) {
      return fail('INPUT_MALFORMED', (name) => `page ${name} is broken XML: ${error instanceof Error ? error.message : String(error)}`);
    }
    const textBytes = Buffer.byteLength(page.text);
    if (textBytes > maxPageBytes) {
      return fail('INPUT_TOO_LARGE', (name) => `page ${name} has ${textBytes} bytes of text; corpus.maxPageBytes is ${maxPageBytes}`);
    }
    const reason = leftOut(page);
    if (reason !== null) return { kind: 'left-out', reason };
    return {
      kind: 'page',
      start: { ...record.start, record: 0 },
      page: { title: page.title, pageId: page.id, text: page.text, markup: 'wikitext', byteOffset: record.start.byteOffset },
    };
  }
}

function placeAt(point: ReadPoint | null): PagePlace | null {
  return point === null ? null : { ...point, record: 0 };
}

function leftOut(page: MediaWikiPage): LeftOutPage | null {
  if (page.namespace !== '0') return 'other-namespace';
  if (page.redirect || /^\s*#redirect\b/i.test(page.text)) return 'redirect';
  if (page.model !== 'wikitext') return 'not-wikitext';
  if (page.text.trim() === '') return 'empty';
  return isDisambiguation(page.title, page.text) ? 'disambiguation' : null;
}

/** What can be told of a page that cannot be parsed. */
function headOf(record: ByteRecord): { id: string | null; name: string } {
  const head = new TextDecoder().decode(record.bytes.subarray(0, headBytes));
  const id = /<id>\s*(\d{1,20})\s*<\/id>/.exec(head)?.[1] ?? null;
  const title = /<title>([^<]{1,255})<\/title>/.exec(head)?.[1];
  return { id, name: title === undefined ? '(no title)' : `"${title}"` };
}
