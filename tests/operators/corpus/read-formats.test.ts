import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plainBytes } from '../../../infra/corpus/plain-bytes.ts';
import type { ByteStream } from '../../../operators/corpus/byte-stream.ts';
import { firstPage, type PageEvent, type PagePlace } from '../../../operators/corpus/page.ts';
import { readJsonl } from '../../../operators/corpus/read-jsonl.ts';
import { readMediaWiki } from '../../../operators/corpus/read-mediawiki.ts';
import { readText } from '../../../operators/corpus/read-text.ts';
import { refuseUtf16 } from '../../../operators/corpus/refuse-utf16.ts';
import { memoryFile } from '../../memory-file.ts';
import { dumpFoot, dumpHead, dumpPage, wikiDump } from '../../wiki-dump.ts';

type Read = (stream: ByteStream, from: PagePlace, options: { file: string; maxPageBytes: number }) => AsyncGenerator<PageEvent, void>;

async function events(read: Read, content: string | Uint8Array, from = firstPage, maxPageBytes = 2000): Promise<PageEvent[]> {
  const seen: PageEvent[] = [];
  for await (const event of read(refuseUtf16(plainBytes(memoryFile('f', content))), from, { file: 'f', maxPageBytes })) seen.push(event);
  return seen;
}

function summary(event: PageEvent): string {
  if (event.kind === 'page') return `${event.page.pageId} ${event.page.title}: ${event.page.text}`;
  if (event.kind === 'left-out') return event.reason;
  return `${event.letter.code} page ${event.letter.pageId} byte ${event.letter.byteOffset}`;
}
const summaries = async (read: Read, content: string | Uint8Array, maxPageBytes?: number): Promise<string[]> => (await events(read, content, firstPage, maxPageBytes)).map(summary);

test('of a dump come the articles: no talk pages, redirects, other models or pages that tell names apart', async () => {
  const dump = wikiDump([
    { title: 'A & B', text: 'Text <b>bold</b> "x".' },
    { title: 'Talk:A', text: 'Chat.', namespace: 1 },
    { title: 'R', text: '#REDIRECT [[A]]', redirect: true },
    { title: 'R2', text: '#redirect [[A]]' },
    { title: 'M', text: '{{disambig}}' },
    { title: 'E', text: ' ' },
    { title: 'Z', text: 'Last.' },
  ]).replace('<title>Z</title>', '<title>Z</title>\n<restrictions>x</restrictions>');
  assert.deepEqual(await summaries(readMediaWiki, dump), ['1 A & B: Text <b>bold</b> "x".', 'other-namespace', 'redirect', 'redirect', 'disambiguation', 'empty', '7 Z: Last.']);
});

test('exports 0.10 and 0.11 are read alike, and of several revisions the last counts', async () => {
  const old = wikiDump([{ title: 'A', text: 'Old.' }]).replace('</revision>', '</revision><revision><id>9</id><model>wikitext</model><text xml:space="preserve">New.</text></revision>');
  assert.deepEqual(await summaries(readMediaWiki, old.replaceAll('0.11', '0.10')), ['1 A: New.']);
  const slots = '<page><title>S</title><ns>0</ns><id>5</id><revision><content><role>main</role><model>wikitext</model><text>In a slot.</text></content></revision></page></mediawiki>';
  assert.deepEqual(await summaries(readMediaWiki, slots), ['5 S: In a slot.']);
});

test('a broken page is a dead letter with its place, and the next one is read', async () => {
  const good = dumpPage({ title: 'Good', text: 'Fine.' }, 9);
  const bad: readonly (readonly [string, string])[] = [
    [dumpPage({ title: 'Bad', text: 'x' }, 4).replace('</text>', '</texxt>'), 'INPUT_MALFORMED'],
    [dumpPage({ title: 'Bad', text: 'x' }, 4).replace('>x<', '>a &bad b<'), 'INPUT_MALFORMED'],
    [dumpPage({ title: 'Bad', text: 'x' }, 4).replace('</page>', ''), 'INPUT_MALFORMED'],
    [dumpPage({ title: 'Bad', text: 'y'.repeat(3000) }, 4), 'INPUT_TOO_LARGE'],
    [dumpPage({ title: 'Bad', text: 'y'.repeat(300_000) }, 4), 'INPUT_TOO_LARGE'],
  ];
  for (const [page, code] of bad) {
    const offset = dumpHead.length + page.indexOf('<page>');
    assert.deepEqual(await summaries(readMediaWiki, dumpHead + page + good + dumpFoot), [`${code} page 4 byte ${offset}`, '9 Good: Fine.']);
  }
  const bytes = Buffer.from(dumpHead + dumpPage({ title: 'Bad', text: 'z~z' }, 4) + good + dumpFoot);
  bytes[bytes.indexOf('~')] = 0xff;
  assert.deepEqual(await summaries(readMediaWiki, bytes), [`INPUT_UNDECODABLE page 4 byte ${dumpHead.length + 2}`, '9 Good: Fine.']);
});

test('a dump that ends too early says so, within a page or between pages', async () => {
  const dump = wikiDump([{ title: 'A', text: 'One.' }, { title: 'B', text: 'Two.' }]);
  assert.deepEqual(await summaries(readMediaWiki, dump.slice(0, dump.indexOf('Two'))), ['1 A: One.', `INPUT_TRUNCATED page 2 byte ${dump.lastIndexOf('<page>')}`]);
  assert.deepEqual(await summaries(readMediaWiki, dump.slice(0, dump.indexOf('</mediawiki>'))), ['1 A: One.', '2 B: Two.', `INPUT_TRUNCATED page null byte ${dump.indexOf('</mediawiki>')}`]);
  assert.deepEqual(await summaries(readMediaWiki, 'no dump at all'), ['INPUT_TRUNCATED page null byte 14']);
});

test('UTF-16 is one dead letter, whatever the format', async () => {
  const dump = Buffer.from(`\uFEFF${wikiDump([{ title: 'A', text: 'One.' }])}`, 'utf16le');
  for (const read of [readMediaWiki, readJsonl, readText]) assert.deepEqual(await summaries(read, dump), ['INPUT_UNDECODABLE page null byte 0']);
});

test('JSON Lines give a page a line; ids and titles where they are', async () => {
  const lines = ['{"text":"One."}', '', '{"id":7,"title":"T","text":"Two.","more":[1]}', '{"text":5}', 'no json', '{"id":"x","text":"Last."}'];
  const content = lines.join('\r\n');
  const at = (line: string): number => content.indexOf(line);
  assert.deepEqual(await summaries(readJsonl, content), [
    '1 : One.', 'empty', '7 T: Two.', `INPUT_MALFORMED page 4 byte ${at('{"text":5')}`, `INPUT_MALFORMED page 5 byte ${at('no json')}`, 'x : Last.',
  ]);
});

test('a line over the limit or not UTF-8 is a dead letter, and the next is read', async () => {
  const content = Buffer.concat([Buffer.from(`{"text":"${'a'.repeat(100_000)}"}\n{"text":"`), Buffer.from([0xc3, 0x28]), Buffer.from('"}\n{"text":"Good."}\n')]);
  assert.deepEqual(await summaries(readJsonl, content), ['INPUT_TOO_LARGE page 1 byte 0', 'INPUT_UNDECODABLE page 2 byte 100012', '3 : Good.']);
});

test('plain text gives a page a paragraph, known by its first line', async () => {
  assert.deepEqual(await summaries(readText, 'One\ntwo.\n\n\nThree.\n \nFour.'), ['1 : One\ntwo.', '5 : Three.', '7 : Four.']);
  const long = `Short.\n\n${'line\n'.repeat(1000)}\nShort again.\n`;
  assert.deepEqual(await summaries(readText, long), ['1 : Short.', 'INPUT_TOO_LARGE page 3 byte 8', '1004 : Short again.']);
});

test('a paragraph with a line that cannot be used, or with lost bytes, is one dead letter: no part of it comes out', async () => {
  const bytes = Buffer.from('One\nends here.\n\nTwo\nb~d\nw~rse\nends.\n\nThree\nends.');
  for (let at = bytes.indexOf('~'); at >= 0; at = bytes.indexOf('~')) bytes[at] = 0xff;
  assert.deepEqual(await summaries(readText, bytes), ['1 : One\nends here.', `INPUT_UNDECODABLE page 5 byte ${bytes.indexOf('b')}`, '9 : Three\nends.']);

  const damaged: ByteStream = {
    async *chunks() {
      const chunk = (text: string, at: number) => ({ kind: 'bytes', bytes: Buffer.from(text), at, skip: 0, seekable: false, byteOffset: 0 }) as const;
      yield await Promise.resolve(chunk('One\nends.\n\nTwo is cut wit', 1));
      yield { kind: 'damage', code: 'INPUT_MALFORMED', message: 'lost', byteOffset: 50, next: { at: 90, skip: 0, byteOffset: 80 } };
      yield chunk('hin a word.\nIt ends.\n\nThree\nends.\n', 90);
    },
  };
  const seen: string[] = [];
  for await (const event of readText(damaged, firstPage, { file: 'f', maxPageBytes: 2000 })) seen.push(summary(event));
  assert.deepEqual(seen, ['1 : One\nends.', 'INPUT_MALFORMED page 4 byte 50', '8 : Three\nends.']);
});

test('reading goes on after any event as if it had not stopped', async () => {
  const inputs: readonly (readonly [Read, string])[] = [
    [readMediaWiki, wikiDump([{ title: 'A', text: 'One.' }, { title: 'B', text: 'x', namespace: 1 }, { title: 'C', text: 'y'.repeat(9000) }, { title: 'D', text: 'Four.' }]).replace('</mediawiki>', '<page>cut')],
    [readMediaWiki, wikiDump([{ title: 'A', text: 'One.' }, { title: 'B', text: 'Two.' }]).replace('</mediawiki>', '')],
    [readJsonl, '{"text":"One."}\n\nbad\n{"text":"Two."}\n{"text":"Three."}'],
    [readText, 'One.\n\nTwo\nlines.\n\n\nThree.\n\nFour.\n'],
  ];
  for (const [read, content] of inputs) {
    const all = await events(read, content);
    for (const [i, event] of all.entries()) {
      if (event.next !== null) assert.deepEqual(await events(read, content, event.next), all.slice(i + 1));
      if (event.kind === 'page') assert.deepEqual((await events(read, content, event.start))[0], event);
    }
  }
});
