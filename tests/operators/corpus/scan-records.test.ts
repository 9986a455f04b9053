import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { fileStart, type ByteStream, type ReadPoint } from '../../../operators/corpus/byte-stream.ts';
import { scanRecords } from '../../../operators/corpus/scan-records.ts';

/** A plain stream cut into chunks of the given lengths, the last one repeated. */
function chunked(text: string, lengths: readonly number[]): ByteStream {
  const bytes = Buffer.from(text);
  return {
    async *chunks(from) {
      for (let at = from.at, i = 0; at < bytes.length; i++) {
        const end = Math.min(bytes.length, at + (lengths[Math.min(i, lengths.length - 1)] ?? 1));
        yield await Promise.resolve({ kind: 'bytes', bytes: bytes.subarray(at, end), at, skip: 0, seekable: true, byteOffset: at } as const);
        at = end;
      }
    },
  };
}

const tags = { open: '<page>', close: '</page>' };
async function scan(text: string, lengths: readonly number[], from: ReadPoint = fileStart, limit = 1000): Promise<(readonly [string, number | null, number | null])[]> {
  const seen: (readonly [string, number | null, number | null])[] = [];
  for await (const event of scanRecords(chunked(text, lengths), from, tags, limit)) {
    if (event.kind === 'record') seen.push([`${event.ending} ${Buffer.from(event.record.bytes).toString()}`, event.record.start.at, event.next?.at ?? null]);
    else if (event.kind === 'end') seen.push([`end ${Buffer.from(event.outside).toString()}`, null, null]);
  }
  return seen;
}

test('records are found, however the bytes are cut into chunks', async () => {
  const text = 'head<page>one</page> <page>two<page>three</page>tail<page></page><page>cut';
  const whole = await scan(text, [1000]);
  assert.deepEqual(whole.map(([what]) => what), ['complete one', 'reopened two', 'complete three', 'complete ', 'end cut']);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1 }), async (lengths) => {
      assert.deepEqual(await scan(text, lengths), whole);
    }),
    { numRuns: 100 },
  );
});

test('each record can be read again from where it starts, and the rest from where it ends', async () => {
  const text = '<page>a</page>\n<page>bb</page>\n<page>c<page>d</page></x>';
  const whole = await scan(text, [7]);
  for (const [i, [what, start, next]] of whole.entries()) {
    if (start === null || next === null) continue;
    assert.equal((await scan(text, [5], { at: start, skip: 0, byteOffset: start }))[0]?.[0], what);
    assert.deepEqual(await scan(text, [3], { at: next, skip: 0, byteOffset: next }), whole.slice(i + 1));
  }
});

test('a record over the limit keeps its beginning and tells its length', async () => {
  const text = `<page>${'x'.repeat(5000)}</page><page>y</page>`;
  const lengths: number[] = [];
  const kept: number[] = [];
  for await (const event of scanRecords(chunked(text, [64]), fileStart, tags, 100)) {
    if (event.kind !== 'record') continue;
    lengths.push(event.record.byteLength);
    kept.push(event.record.bytes.length);
  }
  assert.deepEqual([lengths, kept], [[5000, 1], [100, 1]]);
});

test('what lies after the last record is told, however it is cut', async () => {
  for (const length of [1, 2, 3, 5, 100]) assert.deepEqual((await scan('<page>a</page>\n</mediawiki>\n', [length])).at(-1), ['end \n</mediawiki>\n', null, null]);
});
