import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { readParquet } from '../../../infra/corpus/read-parquet.ts';
import type { InputFile } from '../../../operators/corpus/input-file.ts';
import { firstPage, type Page, type PageEvent, type PagePlace } from '../../../operators/corpus/page.ts';
import { fixturePath } from '../../fixtures/fixture-path.ts';
import { memoryFile } from '../../memory-file.ts';

const options = { file: 'x.parquet', maxPageBytes: 1 << 20 };

async function read(file: InputFile, from: PagePlace = firstPage): Promise<PageEvent[]> {
  const events: PageEvent[] = [];
  for await (const event of readParquet(file, from, options)) events.push(event);
  return events;
}

const fixture = (name: string): InputFile => memoryFile(name, readFileSync(fixturePath('parquet', name)));
const pages = (events: readonly PageEvent[]): Page[] => events.flatMap((event) => (event.kind === 'page' ? [event.page] : []));
const textOf = (row: number): string => `Row ${row}. ` + 'Some words about the subject of this row. '.repeat(row % 5);

for (const name of ['snappy', 'zstd', 'gzip-v2', 'none-required', 'brotli', 'delta-v2', 'delta-ids']) {
  test(`pyarrow's ${name}.parquet is read row for row`, async () => {
    const events = await read(fixture(`${name}.parquet`));
    const found = new Map(pages(events).map((page) => [page.pageId, page]));
    assert.equal(events.length, 120);
    for (let row = 0; row < 120; row++) {
      const page = found.get(`${1000 + row}`);
      if (row % 17 === 5) assert.equal(events[row]?.kind, 'left-out', `row ${row}`);
      else assert.deepEqual([page?.title, page?.text], [`Title ${row % 7} – ü`, textOf(row)]);
    }
  });
}

test('reading goes on from any row', async () => {
  for (const name of ['snappy.parquet', 'gzip-v2.parquet']) {
    const all = await read(fixture(name));
    for (let row = 1; row < all.length; row += 13) {
      const rest = await read(fixture(name), all[row - 1]!.next!);
      assert.deepEqual(rest, all.slice(row), `${name} from row ${row}`);
    }
  }
});

test('a file without a text column, a footer or an end is one dead letter', async () => {
  const whole = readFileSync(fixturePath('parquet', 'snappy.parquet'));
  const files = { 'no column "text"': fixture('no-text.parquet'), PAR1: memoryFile('cut', whole.subarray(0, 3000)), 'no Parquet file': memoryFile('empty', '') };
  for (const [what, file] of Object.entries(files)) {
    const [event, ...more] = await read(file);
    assert.equal(more.length, 0);
    assert.ok(event?.kind === 'letter' && event.next === null);
    assert.equal(event.letter.code, 'INPUT_MALFORMED');
    assert.ok(event.letter.message.includes(what), event.letter.message);
  }
});

test('a footer of nothing but tiny values does not fill the memory', async () => {
  const footer = Buffer.alloc(8 << 20); // fields 1 and 2, a list of empty structs
  footer.set([0x15, 0x02, 0x19, 0xfc, 0x80, 0x80, 0x80, 0x03], 0);
  const foot = Buffer.alloc(8);
  foot.writeUInt32LE(footer.length, 0);
  foot.write('PAR1', 4);
  const before = process.memoryUsage().heapUsed;
  const [event] = await read(memoryFile('x', Buffer.concat([Buffer.from('PAR1'), footer, foot])));
  assert.ok(event?.kind === 'letter');
  assert.match(event.letter.message, /more than 1048576 values/);
  assert.ok(process.memoryUsage().heapUsed - before < 64 << 20);
});

test('a damaged page costs its rows, and the rest is read', async () => {
  const bytes = Buffer.from(readFileSync(fixturePath('parquet', 'zstd.parquet')));
  const whole = pages(await read(memoryFile('x', bytes)));
  const offset = whole[60]!.byteOffset;
  const nextOffset = whole.find((page) => page.byteOffset > offset)!.byteOffset;
  bytes.fill(255, nextOffset - 20, nextOffset);
  const events = await read(memoryFile('x', bytes));
  const letters = events.filter((event) => event.kind === 'letter');
  assert.ok(letters.length >= 1);
  assert.match(letters[0]!.letter.message, /column text.*rows \d+ to \d+ are lost/);
  const left = pages(events);
  assert.ok(left.length >= 60 && left.length < whole.length);
  assert.deepEqual(left, whole.filter((page) => left.some((kept) => kept.pageId === page.pageId)));
});

test('a text over the limit, and one that is not UTF-8, are dead letters of their rows', async () => {
  const file = Buffer.from(
    parquetWriteBuffer({
      columnData: [
        { name: 'id', data: ['a', 'b', 'c'], type: 'STRING' },
        { name: 'text', data: [Buffer.from('good'), Buffer.from([0x61, 0xff, 0x62]), Buffer.alloc(options.maxPageBytes + 1, 97)], type: 'BYTE_ARRAY' },
      ],
    }),
  );
  const events = await read(memoryFile('x.parquet', file));
  assert.deepEqual(events.map((event) => (event.kind === 'letter' ? `${event.letter.code} ${event.letter.pageId}` : event.kind)), [
    'page',
    'INPUT_UNDECODABLE 1',
    'INPUT_TOO_LARGE 2',
  ]);
});
