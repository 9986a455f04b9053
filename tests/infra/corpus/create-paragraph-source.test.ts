import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { test } from 'node:test';
import { firstValueFrom, take, toArray } from 'rxjs';
import { createParagraphSource, type CorpusSection, type CorpusSource } from '../../../infra/corpus/create-paragraph-source.ts';
import { paragraphs } from '../../../operators/corpus/paragraphs.ts';
import type { CorpusItem, CorpusPosition } from '../../../operators/ports/paragraph-source.ts';
import { compress } from '../../../pipelines/sample/bzip2/compress.ts';
import { isPretrainZeroError } from '../../is-error.ts';
import { memoryFileSystem } from '../../memory-file.ts';
import { dumpFoot, dumpHead, dumpPage } from '../../wiki-dump.ts';
import { takeItems } from '../../operators/corpus/take-items.ts';

const words = { encode: (text: string) => text.split(' ').map(() => 0) };
const numberNames = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
const spelled = (n: number): string => Array.from(String(n), (digit) => numberNames[Number(digit)]).join(' ');
const sentence = (n: number): string => `Number ${spelled(n)} follows ${spelled(n * 7 + 3)} and then ${spelled(n * 13 + 5)} again.`;

/** Ten pages of three paragraphs in two bzip2 streams, one of them broken; JSON lines with a copy and a bad line; text; a packed file. */
const page = (id: number): string => dumpPage({ title: `Page ${id}`, text: `${sentence(id)}\n\n== Part ==\n${sentence(id + 100)}\n\nToo short.\n\n${sentence(id + 200)}` }, id);
const streams = [dumpHead + [1, 2, 3, 4].map(page).join(''), [5, 6].map(page).join('') + page(7).replace('</text>', '') + [8, 9, 10].map(page).join('') + dumpFoot];
const disk = memoryFileSystem({
  'c/1.xml.bz2': Buffer.concat(streams.map((stream) => compress(Buffer.from(stream)))),
  'c/2.jsonl': [300, 301, 1, 302].map((n) => JSON.stringify({ text: sentence(n), title: `J${n}` })).join('\n') + '\nnot json\n',
  'c/3.txt.gz': gzipSync([400, 401, 402, 403].map(sentence).join('\n\n')),
  'c/4.txt': [500, 501].map(sentence).join('\n\n'),
});

const defaults: CorpusSection = { path: 'c', format: 'auto', minTokens: 5, maxTokens: 50, maxPageBytes: 1 << 20, nearDuplicateThreshold: 0.9, shuffleWindow: 8, repeat: false, exclude: null };
const open = (config: Partial<CorpusSection> = {}, excludeTexts: string[] = [], seed = 1): CorpusSource =>
  createParagraphSource({ config: { ...defaults, ...config }, seed, tokenizer: words, excludeTexts, resolveSample: () => 'c/1.xml.bz2', fileSystem: disk });

const read = async (source: CorpusSource, limit = Infinity, from?: CorpusPosition): ReturnType<typeof takeItems> => takeItems(await source.open(from), limit);
const texts = (items: readonly CorpusItem[]): string[] => items.flatMap((item) => (item.kind === 'paragraph' ? [item.paragraph.text] : []));
const letters = (items: readonly CorpusItem[]): string[] => items.flatMap((item) => (item.kind === 'dead-letter' ? [`${item.letter.code} ${item.letter.file} ${item.letter.pageId}`] : []));

test('all formats of a folder come out as one stream, with dead letters and without copies', async () => {
  const { items } = await read(open());
  const expected = [1, 2, 3, 4, 5, 6, 8, 9, 10].flatMap((id) => [id, id + 100, id + 200]);
  assert.deepEqual(texts(items).sort(), [...expected, 300, 301, 302, 400, 401, 402, 403, 500, 501].map(sentence).sort());
  assert.deepEqual(letters(items), ['INPUT_MALFORMED c/1.xml.bz2 7', 'INPUT_MALFORMED c/2.jsonl 5']);
});

test('a paragraph tells where it comes from', async () => {
  const { items } = await read(open({ shuffleWindow: 1 }));
  const found = items.flatMap((item) => (item.kind === 'paragraph' ? [item.paragraph] : []));
  const second = compress(Buffer.from(streams[0]!)).length;
  assert.deepEqual(found.find((paragraph) => paragraph.text === sentence(105)), {
    text: sentence(105), tokenCount: words.encode(sentence(105)).length, title: 'Page 5', sections: ['Part'], file: 'c/1.xml.bz2', pageId: '5', byteOffset: second, paragraphIndex: 1, ordinal: 13, epoch: 0,
  });
  assert.deepEqual(found.map((paragraph) => paragraph.ordinal), found.map((_, i) => i));
});

test('with a window of one the order is that of the files; a window is shuffled by the seed, the same way each time', async () => {
  const plain = texts((await read(open({ shuffleWindow: 1 }))).items);
  const shuffled = texts((await read(open())).items);
  assert.deepEqual(texts((await read(open())).items), shuffled);
  assert.notDeepEqual(texts((await read(open({}, [], 2))).items), shuffled);
  for (let start = 0; start < plain.length; start += 8) {
    assert.notDeepEqual(shuffled.slice(start, start + 8), plain.slice(start, start + 8));
    assert.deepEqual(shuffled.slice(start, start + 8).sort(), plain.slice(start, start + 8).sort());
  }
});

test('opened at any position, the corpus gives exactly what would have followed, and the same positions', async () => {
  for (const config of [{}, { shuffleWindow: 1 }, { shuffleWindow: 1000 }, { repeat: true, nearDuplicateThreshold: 0.5 }, { repeat: true, shuffleWindow: 5, nearDuplicateThreshold: 1 }]) {
    const limit = 100;
    const whole = await read(open(config), limit);
    for (let cut = 0; cut <= whole.items.length; cut++) {
      const saved = JSON.parse(JSON.stringify(whole.positions[cut])) as CorpusPosition;
      const rest = await read(open(config), Math.min(limit - cut, 25), saved);
      assert.deepEqual(rest.items, whole.items.slice(cut, cut + 25), `${JSON.stringify(config)} cut at ${cut}`);
      assert.deepEqual(rest.positions, whole.positions.slice(cut, cut + 26));
    }
  }
});

test('a position is small', async () => {
  const { positions } = await read(open());
  for (const position of positions) assert.ok(JSON.stringify(position).length < 600);
});

test('a position of other files is refused', async () => {
  const { positions } = await read(open(), 3);
  await assert.rejects(open({ path: 'c/2.jsonl' }).open(positions[3]), (error) => isPretrainZeroError(error, 'RUN_MISMATCH'));
  await assert.rejects(open().open({ step: 1 }), (error) => isPretrainZeroError(error, 'RUN_MISMATCH'));
});

test('a repeated corpus goes on with the next epoch, in another order, counting on', async () => {
  const once = texts((await read(open())).items);
  const { items } = await read(open({ repeat: true }), 2 * (once.length + 2));
  const all = items.flatMap((item) => (item.kind === 'paragraph' ? [item.paragraph] : []));
  const second = all.slice(once.length);
  assert.deepEqual(all.slice(0, once.length).map((paragraph) => paragraph.text), once);
  assert.notDeepEqual(second.map((paragraph) => paragraph.text), once);
  assert.deepEqual(second.map((paragraph) => paragraph.text).sort(), [...once].sort());
  assert.deepEqual(second.map((paragraph) => [paragraph.epoch, paragraph.ordinal]), second.map((_, i) => [1, once.length + i]));
});

test('held-out texts never come out', async () => {
  const held = [sentence(3), sentence(401).toUpperCase()];
  const { items } = await read(open({}, held));
  const all = texts((await read(open())).items);
  assert.deepEqual(texts(items).sort(), all.filter((text) => text !== sentence(3) && text !== sentence(401)).sort());
});

test('what was left out is counted', async () => {
  const reader = await open({}, [sentence(3)]).open();
  while ((await reader.next()).done !== true);
  const { pages, excluded, tooShort, duplicates, letters: lettersCounted, paragraphs: given } = reader.counts();
  assert.deepEqual({ pages, excluded, tooShort, duplicates, lettersCounted, given }, { pages: 19, excluded: 1, tooShort: 9, duplicates: 1, lettersCounted: 2, given: 35 });
});

test('a corpus without a fitting paragraph is an error at its end, after its dead letters', async () => {
  const reader = await open({ minTokens: 1000, maxTokens: 2000, repeat: true }).open();
  for (let i = 0; i < 2; i++) assert.equal((await reader.next()).value?.kind, 'dead-letter');
  for (let i = 0; i < 2; i++) {
    await assert.rejects(reader.next(), (error: Error) => {
      assert.ok(isPretrainZeroError(error, 'CORPUS_EMPTY'));
      assert.match(error.message, /1000 to 2000 tokens.*4 files.*paragraphs under 1000 tokens/);
      return true;
    });
  }
});

test('a file that the disk does not give, or stops giving, is a dead letter, and the rest is read', async () => {
  const refuse = (): Promise<never> => Promise.reject(Object.assign(new Error('EIO: i/o error'), { code: 'EIO', syscall: 'read' }));
  const failing: typeof disk = {
    ...disk,
    async open(path) {
      if (path === 'c/2.jsonl') return refuse();
      const file = await disk.open(path);
      return path === 'c/4.txt' ? { ...file, read: refuse } : file;
    },
  };
  const source = createParagraphSource({ config: defaults, seed: 1, tokenizer: words, excludeTexts: [], resolveSample: () => '', fileSystem: failing });
  const { items } = await read(source);
  assert.deepEqual(letters(items), ['INPUT_MALFORMED c/1.xml.bz2 7', 'INPUT_MALFORMED c/2.jsonl null', 'INPUT_MALFORMED c/4.txt null']);
  assert.equal(texts(items).length, 31);
  const reader = await source.open();
  while ((await reader.next()).done !== true);
  assert.equal(reader.counts().letters, 3);
});

test('nothing is read before it is asked for, and no file stays open after close', async () => {
  let opened = 0;
  let closed = 0;
  const watched: typeof disk = {
    ...disk,
    async open(path) {
      opened++;
      const file = await disk.open(path);
      return { ...file, close: () => (closed++, file.close()) };
    },
  };
  const source = createParagraphSource({ config: { ...defaults, shuffleWindow: 1 }, seed: 1, tokenizer: words, excludeTexts: [], resolveSample: () => '', fileSystem: watched });
  const reader = await source.open();
  assert.equal(opened, 0);
  await reader.next();
  await reader.close();
  assert.deepEqual([opened, closed], [1, 1]);
  assert.equal((await reader.next()).done, true);
});

test('as an Observable the corpus gives the same items, and stops when it is told', async () => {
  const all = (await read(open())).items;
  assert.deepEqual(await firstValueFrom(paragraphs(open()).pipe(toArray())), all);
  assert.deepEqual(await firstValueFrom(paragraphs(open({ repeat: true })).pipe(take(5), toArray())), all.slice(0, 5));
  await assert.rejects(firstValueFrom(paragraphs(open({ minTokens: 1000, maxTokens: 2000 })).pipe(toArray())), (error) => isPretrainZeroError(error, 'CORPUS_EMPTY'));
});

test('`sample` is the bundled file, under a name of its own', async () => {
  const { items } = await read(open({ path: 'sample' }), 1);
  assert.equal(items[0]?.kind === 'paragraph' && items[0].paragraph.file, 'sample.xml.bz2');
});
