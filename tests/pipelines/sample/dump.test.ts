import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { before, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { SaxesParser } from 'saxes';
import { committedFile, decompress, generatedFiles } from './sample-files.ts';

const BLOCK_STREAM_START = Buffer.from('BZh91AY&SY', 'latin1');
interface Page {
  title: string;
  namespace: string;
  redirect: boolean;
  text: string;
  textBytes: string;
  sha1: string;
}
let pages: Page[] = [];

before(async () => {
  pages = readPages((await decompress(committedFile('encyclopedia.xml.bz2'))).toString('utf8'));
});

test('generating again gives the committed bytes', () => {
  const files = generatedFiles();
  const plain = ['encyclopedia.xml.bz2', 'held-out.jsonl', 'mask-probe.jsonl', 'atlas.xml.bz2', 'atlas-held-out.jsonl', 'atlas-mask-probe.jsonl'] as const;
  for (const name of plain) assert.ok(committedFile(name).equals(files[name]), name);
  for (const name of ['labels.jsonl', 'atlas-labels.jsonl'] as const) assert.ok(gunzipSync(committedFile(`${name}.gz`)).equals(files[name]), name);
});

test('the dump has a stream for its header, one for each hundred pages, and one for its footer', () => {
  const dump = committedFile('encyclopedia.xml.bz2');
  let streams = 0;
  for (let at = dump.indexOf(BLOCK_STREAM_START); at >= 0; at = dump.indexOf(BLOCK_STREAM_START, at + 1)) streams++;
  assert.equal(streams, Math.ceil(pages.length / 100) + 2);
});

test('the dump holds at least 1,500 articles, and redirects, talk and other pages besides', (t) => {
  const articles = pages.filter(({ namespace, redirect }) => namespace === '0' && !redirect);
  t.diagnostic(`${articles.length} articles, ${pages.length - articles.length} other pages`);
  assert.ok(articles.length >= 1500);
  assert.ok(pages.filter(({ redirect }) => redirect).length > 100);
  for (const namespace of ['1', '4', '10', '14']) assert.ok(pages.some((page) => page.namespace === namespace), `namespace ${namespace}`);
  assert.equal(new Set(pages.map(({ namespace, title }) => `${namespace} ${title}`)).size, pages.length);
});

test("each page's size and SHA-1 are those of its text", () => {
  for (const { title, text, textBytes, sha1 } of pages) {
    assert.equal(Number(textBytes), Buffer.byteLength(text), title);
    assert.equal(sha1, BigInt(`0x${createHash('sha1').update(text).digest('hex')}`).toString(36).padStart(31, '0'), title);
  }
});

test('the articles have what a cleaner must cope with', () => {
  const all = pages.map(({ text }) => text).join('\n');
  for (const markup of ['{{Infobox', '<ref>{{cite book', '<ref name="cards" />', '[[File:', '{| class="wikitable', '\n* [[', '<!--', "'''", '[https://', '{{convert|', '[[Category:', '#REDIRECT [[']) {
    assert.ok(all.includes(markup), markup);
  }
});

/** Parses the export; throws where it is not well-formed. */
function readPages(xml: string): Page[] {
  const found: Page[] = [];
  const parser = new SaxesParser();
  let content = '';
  let page: Page | undefined;
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    content = '';
    if (name === 'mediawiki') assert.equal(attributes['version'], '0.11');
    if (name === 'page') page = { title: '', namespace: '', redirect: false, text: '', textBytes: '', sha1: '' };
    if (page && name === 'redirect') page.redirect = true;
    if (page && name === 'text') page.textBytes = attributes['bytes'] ?? '';
  });
  parser.on('text', (text) => (content += text));
  parser.on('closetag', ({ name }) => {
    if (!page) return;
    if (name === 'title') page.title = content;
    if (name === 'ns') page.namespace = content;
    if (name === 'text') page.text = content;
    if (name === 'sha1') page.sha1 = content;
    if (name === 'page') {
      found.push(page);
      page = undefined;
    }
  });
  parser.write(xml).close();
  return found;
}
