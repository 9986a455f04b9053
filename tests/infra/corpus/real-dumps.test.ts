import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createParagraphSource } from '../../../infra/corpus/create-paragraph-source.ts';
import { samplePath } from '../../../pipelines/resolve-sample.ts';
import type { CorpusParagraph } from '../../../schemas/records/corpus-paragraph.ts';
import type { DeadLetter } from '../../../schemas/records/dead-letter.ts';
import { sharedFile } from '../../shared-file.ts';

const english = sharedFile('data', 'enwiki-latest-pages-articles1.xml-p000000010p000030302-shortened.bz2');
const tables = sharedFile('data', 'enwiki-table-markup.xml.bz2');
const bulgarian = sharedFile('data', 'bgwiki-latest-pages-articles-shortened.xml.bz2');
const missing = (file: string | null): string | false => file === null && 'NOT RUN: no real dump in ../shared/data or PRETRAINZERO_SHARED';

const leftovers =
  /\{\{|\}\}|\[\[|\]\]|<\/?[a-z]|\||={2,}|''|\( *\)|\[ *\]| [,;:]| \.(?![\d.])|&#?\w+;|__[A-Z]|^[*#:;|!]|^[^.,]* may refer to|\uFFFC|\uFFFD|https?:|\s{2}|^\s|\s$|:$|\bFile:|\bCategory:|\bthumb\b.*px|\b(?:sqmi|e\d+acre|\w?oilbbl)\b|\d by[.,;)]|\bword ALA\b|\d{4} ago\b|\p{Emoji_Presentation}/u;

async function readAll(path: string | string[]): Promise<{ found: CorpusParagraph[]; letters: DeadLetter[] }> {
  const source = createParagraphSource({
    config: { path, format: 'auto', minTokens: 64, maxTokens: 1024, maxPageBytes: 1 << 24, nearDuplicateThreshold: 0.8, shuffleWindow: 1, repeat: false, exclude: null },
    seed: 0,
    tokenizer: { encode: (text) => new Array<number>(Math.round(text.length / 4.4)) },
    excludeTexts: [],
    resolveSample: () => samplePath('corpus'),
  });
  const reader = await source.open();
  const found: CorpusParagraph[] = [];
  const letters: DeadLetter[] = [];
  for (let item = await reader.next(); item.done !== true; item = await reader.next()) {
    if (item.value.kind === 'paragraph') found.push(item.value.paragraph);
    else letters.push(item.value.letter);
  }
  return { found, letters };
}

function assertClean(found: readonly CorpusParagraph[]): void {
  const bad = found.filter((paragraph) => leftovers.test(paragraph.text));
  assert.deepEqual(bad.map(({ title, text }) => `${title}: ${leftovers.exec(text)![0]} in ${text.slice(0, 200)}`), []);
  for (const { sections } of found) assert.ok(sections.every((title) => title !== '' && !/[[\]{}|<>]|==|''/.test(title)), sections.join(' / '));
  assert.ok(found.every((paragraph) => !paragraph.sections.some((title) => /^(?:references|see also|external links|further reading)$/i.test(title))));
  assert.equal(found.filter(({ text }) => text !== text.normalize('NFC')).length, 0);
}

test('the English dump gives its clean paragraphs, and nothing of its markup', { skip: missing(english) }, async (t) => {
  const { found, letters } = await readAll(english!);
  t.diagnostic(`${found.length} paragraphs of ${new Set(found.map(({ pageId }) => pageId)).size} articles`);
  assert.deepEqual(letters, []);
  assert.ok(found.length >= 3500 && found.length <= 3700, `${found.length}`);
  assertClean(found);
});

test('the dump heavy in tables gives prose alone', { skip: missing(tables) }, async (t) => {
  const { found, letters } = await readAll(tables!);
  t.diagnostic(`${found.length} paragraphs`);
  assert.deepEqual(letters, []);
  assert.ok(found.length >= 50, `${found.length}`);
  assertClean(found);
});

test('the UTF-16 dump is a dead letter, and the rest of the list is read', { skip: missing(bulgarian) || missing(tables) }, async () => {
  const { found, letters } = await readAll([bulgarian!, tables!]);
  assert.deepEqual(letters.map(({ code, file, byteOffset }) => [code, file, byteOffset]), [['INPUT_UNDECODABLE', bulgarian, 0]]);
  assert.ok(found.length >= 50);
});

test('the bundled encyclopedia is clean', async () => {
  const { found, letters } = await readAll('sample');
  assert.deepEqual(letters, []);
  assert.ok(found.length > 1000);
  assertClean(found);
});
