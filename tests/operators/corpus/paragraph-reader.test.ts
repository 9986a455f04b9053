import assert from 'node:assert/strict';
import { test } from 'node:test';
import { emptyCounts } from '../../../operators/corpus/corpus-counts.ts';
import type { CorpusMark } from '../../../operators/corpus/corpus-position.ts';
import { corpusStart } from '../../../operators/corpus/corpus-cursor.ts';
import { corpusLetter } from '../../../operators/corpus/corpus-letter.ts';
import { ExcludedTexts } from '../../../operators/corpus/excluded-texts.ts';
import type { PageEvent, PagePlace, PageReader } from '../../../operators/corpus/page.ts';
import { openParagraphReader, type CorpusReader, type ParagraphReaderDeps } from '../../../operators/corpus/paragraph-reader.ts';
import { RecentMarks } from '../../../operators/corpus/recent-marks.ts';
import type { CorpusPosition } from '../../../operators/ports/paragraph-source.ts';
import { drawInt, uniforms } from '../../../operators/flow/seeds.ts';
import { memoryFile } from '../../memory-file.ts';
import { takeItems } from './take-items.ts';

/** 500 pages of one line; every third repeats one of the last 200, every tenth is a dead letter. `reads` counts the pages read. */
const draw = uniforms(5);
const lines: string[] = [];
for (let i = 0; i < 500; i++) lines.push(i % 3 === 2 ? lines[Math.max(0, i - 1 - drawInt(draw, 200))]! : `text number ${i}`);

function pagesOf(reads: { count: number }): PageReader {
  return {
    async *pages(from) {
      for (let i = from.record; i < lines.length; i++) {
        const place = (record: number): PagePlace => ({ at: record, skip: 0, byteOffset: record, record });
        reads.count++;
        const next = i + 1 < lines.length ? place(i + 1) : null;
        const page = { title: '', pageId: `${i}`, text: lines[i]!, markup: 'plain', byteOffset: i } as const;
        const event: PageEvent =
          i % 10 === 9
            ? { kind: 'letter', letter: corpusLetter({ code: 'INPUT_MALFORMED', message: 'bad', file: 'f', pageId: `${i}`, byteOffset: i }), next }
            : { kind: 'page', page, start: place(i), next };
        yield await Promise.resolve(event);
      }
    },
    close: () => Promise.resolve(),
  };
}

const memory = 100; // candidates
const reads = { count: 0 };
const open = (from?: CorpusPosition, more: Partial<ParagraphReaderDeps> = {}): Promise<CorpusReader> =>
  openParagraphReader(
    {
      files: [memoryFile('f', 'x')],
      openPages: () => Promise.resolve(pagesOf(reads)),
      renderTemplate: () => '',
      countTokens: (text) => text.split(' ').length,
      limits: { minTokens: 1, maxTokens: 100 },
      excluded: new ExcludedTexts([]),
      counts: emptyCounts(),
      seed: 1,
      nearDuplicateThreshold: 1,
      shuffleWindow: 10,
      repeat: true,
      duplicateMemory: memory,
      ...more,
    },
    from,
  );

test('copies are left out as far back as the memory reaches, and no further', async () => {
  const { items } = await takeItems(await open(undefined, { repeat: false, shuffleWindow: 1 }), Infinity);
  const given = items.flatMap((item) => (item.kind === 'paragraph' ? [Number(item.paragraph.pageId)] : []));
  const candidates = lines.map((text, i) => ({ text, i })).filter(({ i }) => i % 10 !== 9);
  const expected = candidates.filter(({ text }, place) => !candidates.slice(Math.max(0, place - memory), place).some((before) => before.text === text));
  assert.deepEqual(given, expected.map(({ i }) => i));
  assert.ok(expected.length > 320 && expected.length < 440, 'some copies lie within reach and some beyond');
});

test('reopened anywhere, also where the memory does not begin with the corpus, all goes on the same', async () => {
  const whole = await takeItems(await open(), 900);
  for (let cut = 0; cut < 860; cut += 7) {
    const rest = await takeItems(await open(whole.positions[cut]), 40);
    assert.deepEqual(rest.items, whole.items.slice(cut, cut + 40), `cut at ${cut}`);
    assert.deepEqual(rest.positions, whole.positions.slice(cut, cut + 41), `cut at ${cut}`);
  }
});

test('reopening reads the memory and the window again, not the corpus', async () => {
  const { positions } = await takeItems(await open(), 360);
  reads.count = 0;
  await takeItems(await open(positions[360]), 1);
  assert.ok(reads.count < 250 && reads.count >= memory, `${reads.count} pages`);
});

test('calls of next that do not wait for each other are served in order', async () => {
  const { items } = await takeItems(await open(), 30);
  const reader = await open();
  const together = await Promise.all(Array.from({ length: 30 }, () => reader.next()));
  assert.deepEqual(together.map((item) => item.value), items);
});

test('a mark lies at least the reach before a place, and not much further', () => {
  const markAt = (candidates: number): CorpusMark => ({ cursor: { ...corpusStart, paragraph: candidates }, candidates });
  const marks = new RecentMarks(100, markAt(0));
  for (let place = 1; place < 1000; place++) {
    marks.add(markAt(place));
    const { candidates } = marks.start(markAt(place));
    assert.ok(candidates <= Math.max(0, place - 100) && candidates >= place - 164, `${candidates} for ${place}`);
  }
});
