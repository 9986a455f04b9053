/** Must hold: dumps, Parquet and JSONL files that were truncated, flipped, recoded or blown up bring no crash, no hang, and memory stays in bounds. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { createParagraphSource } from '../../infra/corpus/create-paragraph-source.ts';
import type { FileSystem } from '../../infra/corpus/file-system.ts';
import { drawInt, seedOf, uniforms } from '../../operators/flow/seeds.ts';
import { compress } from '../../pipelines/sample/bzip2/compress.ts';
import { errorCodes } from '../../schemas/error-codes.ts';
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';
import { fixturePath } from '../fixtures/fixture-path.ts';
import { memoryFileSystem } from '../memory-file.ts';
import { dumpFoot, dumpHead, dumpPage } from '../wiki-dump.ts';

const mutants = 200;
const memoryBound = 400 << 20; // resident bytes over those at the start
const timeBoundSeconds = 20; // processor seconds of one file

const sentence = (n: number): string => `The ${n}th thing is '''bold''' and has [[link|a link]], {{convert|${n}|km|mi}}, and a note.<ref>${n}</ref> It also has a second sentence.`;
const page = (id: number): string => dumpPage({ title: `Page ${id}`, text: `${sentence(id)}\n\n== Part ==\n{| class="x"\n| a\n|}\n${sentence(id + 500)}\n* list` }, id);
const pages = Array.from({ length: 40 }, (_, i) => page(i + 1));
const dump = Buffer.from(dumpHead + pages.join('') + dumpFoot);
const jsonl = Buffer.from(Array.from({ length: 60 }, (_, i) => JSON.stringify({ id: i, title: `T${i}`, text: `${sentence(i)}\n\n${sentence(i + 900)}` })).join('\n'));

const originals: Readonly<Record<string, Buffer>> = {
  'a.xml': dump,
  'b.xml.bz2': Buffer.concat([dumpHead + pages.slice(0, 20).join(''), pages.slice(20).join('') + dumpFoot].map((part) => compress(Buffer.from(part)))),
  'c.jsonl': jsonl,
  'd.jsonl.gz': gzipSync(jsonl),
  'e.txt': Buffer.from(Array.from({ length: 60 }, (_, i) => sentence(i)).join('\n\n')),
  ...Object.fromEntries(['snappy', 'zstd', 'gzip-v2', 'none-required', 'delta-v2', 'brotli'].map((name) => [`${name}.parquet`, readFileSync(fixturePath('parquet', `${name}.parquet`))])),
};

type Mutation = (bytes: Buffer, draw: () => number) => Uint8Array;
const somewhere = (bytes: Buffer, draw: () => number): number => drawInt(draw, bytes.length);
const mutations: Readonly<Record<string, Mutation>> = {
  truncated: (bytes, draw) => bytes.subarray(0, somewhere(bytes, draw)),
  'bits flipped': (bytes, draw) => {
    const copy = Buffer.from(bytes);
    for (let i = 0; i < 1 + drawInt(draw, 20); i++) copy[somewhere(copy, draw)]! ^= 1 << drawInt(draw, 8);
    return copy;
  },
  overwritten: (bytes, draw) => {
    const copy = Buffer.from(bytes);
    const at = somewhere(copy, draw);
    return copy.fill([0, 0xff, 0x80, 0x3c][drawInt(draw, 4)]!, at, Math.min(copy.length, at + 1 + drawInt(draw, 64)));
  },
  'a part cut out': (bytes, draw) => {
    const at = somewhere(bytes, draw);
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + drawInt(draw, 200))]);
  },
  'a part doubled': (bytes, draw) => {
    const at = somewhere(bytes, draw);
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(Math.max(0, at - drawInt(draw, 3000)))]);
  },
  'wrong encoding': (bytes, draw) => {
    const text = bytes.toString('latin1');
    return draw() < 0.5 ? Buffer.from(`\uFEFF${text}`, 'utf16le') : Buffer.from(text.replaceAll('th', '\xe9\xff'), 'latin1');
  },
  'absurd sizes': (bytes, draw) => {
    const copy = Buffer.from(bytes);
    const at = drawInt(draw, Math.max(1, copy.length - 8));
    if (draw() < 0.5) copy.writeUInt32LE(0x7fffffff, at);
    else copy.writeUInt32LE(drawInt(draw, 2 ** 31), Math.max(0, copy.length - 8 - drawInt(draw, 8)));
    return copy;
  },
  'random bytes': (bytes, draw) => Buffer.from(Array.from({ length: Math.min(4000, bytes.length) }, () => drawInt(draw, 256))),
};

async function readToEnd(fileSystem: FileSystem, path: string | string[], maxPageBytes = 1 << 16): Promise<{ given: number; letters: number; code: string | null }> {
  const source = createParagraphSource({
    config: { path, format: 'auto', minTokens: 3, maxTokens: 400, maxPageBytes, nearDuplicateThreshold: 0.95, shuffleWindow: 16, repeat: false, exclude: null },
    seed: 1,
    tokenizer: { encode: (text) => text.split(' ').map(() => 0) },
    excludeTexts: [],
    resolveSample: () => '',
    fileSystem,
  });
  const reader = await source.open();
  let given = 0;
  let letters = 0;
  try {
    for (let item = await reader.next(); item.done !== true; item = await reader.next()) {
      if (item.value.kind === 'paragraph') {
        given++;
        continue;
      }
      letters++;
      const { letter } = item.value;
      assert.ok(letter.file !== null && letter.byteOffset !== null && letter.byteOffset >= 0 && letter.code in errorCodes && letter.message.includes(letter.file));
    }
    return { given, letters, code: null };
  } catch (error) {
    if (!(error instanceof PretrainZeroError)) throw error;
    return { given, letters, code: error.code };
  } finally {
    await reader.close();
  }
}

test(`${mutants} mutated files: each ends with paragraphs, dead letters or a clear error, in bounded time and memory`, async (t) => {
  const names = Object.keys(originals);
  const kinds = Object.keys(mutations);
  const before = process.memoryUsage.rss();
  const totals = { given: 0, letters: 0, empty: 0 };
  let slowest = 0;
  for (let i = 0; i < mutants; i++) {
    const name = names[i % names.length]!;
    const kind = kinds[Math.floor(i / names.length) % kinds.length]!;
    const bytes = mutations[kind]!(originals[name]!, uniforms(seedOf(11, `${i}`)));
    const start = process.cpuUsage().user;
    const { given, letters, code } = await readToEnd(memoryFileSystem({ [name]: bytes, 'good.txt': `${sentence(7777)}\n` }), [name, 'good.txt']);
    const seconds = (process.cpuUsage().user - start) / 1e6;
    slowest = Math.max(slowest, seconds);
    assert.equal(code, null, `${i}: ${name} ${kind}`);
    assert.ok(given >= 1, `${i}: ${name} ${kind}: the good file was not read`);
    assert.ok(seconds < timeBoundSeconds, `${i}: ${name} ${kind}: ${seconds} s`);
    assert.ok(process.memoryUsage.rss() - before < memoryBound, `${i}: ${name} ${kind}: ${process.memoryUsage.rss() - before} bytes more`);
    totals.given += given;
    totals.letters += letters;
  }
  t.diagnostic(`${JSON.stringify(totals)}, slowest ${slowest.toFixed(2)} s, memory +${((process.memoryUsage.rss() - before) / 2 ** 20).toFixed(0)} MB`);
  assert.ok(totals.letters > mutants / 4, 'most mutations are seen');
});

test('a page of a hundred megabytes is passed over while it streams, and named', async () => {
  const size = 100 << 20;
  const head = Buffer.from(dumpHead + page(1) + '<page><title>Huge</title><ns>0</ns><id>77</id><revision><text>');
  const foot = Buffer.from(`</text></revision></page>${page(2)}${dumpFoot}`);
  const before = process.memoryUsage.rss();
  let peak = 0;
  const virtual: FileSystem = {
    look: () => Promise.resolve({ kind: 'file', byteLength: head.length + size + foot.length }),
    list: () => Promise.resolve([]),
    open: () =>
      Promise.resolve({
        read(start, end) {
          peak = Math.max(peak, process.memoryUsage.rss() - before);
          const bytes = Buffer.alloc(end - start, 'words and more words ');
          if (start < head.length) head.copy(bytes, 0, start);
          const footAt = head.length + size - start;
          if (footAt < bytes.length) foot.copy(bytes, Math.max(0, footAt), Math.max(0, -footAt));
          return Promise.resolve(bytes);
        },
        close: () => Promise.resolve(),
      }),
  };
  const source = createParagraphSource({
    config: { path: 'huge.xml', format: 'auto', minTokens: 3, maxTokens: 400, maxPageBytes: 1 << 20, nearDuplicateThreshold: 1, shuffleWindow: 1, repeat: false, exclude: null },
    seed: 1,
    tokenizer: { encode: (text) => text.split(' ').map(() => 0) },
    excludeTexts: [],
    resolveSample: () => '',
    fileSystem: virtual,
  });
  const reader = await source.open();
  const titles: string[] = [];
  for (let item = await reader.next(); item.done !== true; item = await reader.next()) {
    titles.push(item.value.kind === 'paragraph' ? item.value.paragraph.title : `${item.value.letter.code} ${item.value.letter.pageId} ${item.value.letter.byteOffset}`);
  }
  const offset = head.lastIndexOf('<page>');
  assert.deepEqual(titles, ['Page 1', 'Page 1', `INPUT_TOO_LARGE 77 ${offset}`, 'Page 2', 'Page 2']);
  assert.ok(peak < 64 << 20, `${peak} bytes`);
});

test('a file of nothing but errors is passed through in bounded windows', async () => {
  const result = await readToEnd(memoryFileSystem({ 'bad.jsonl': 'x\n'.repeat(20_000), 'good.txt': sentence(1) }), ['bad.jsonl', 'good.txt']);
  assert.deepEqual(result, { given: 1, letters: 20_000, code: null });
});
