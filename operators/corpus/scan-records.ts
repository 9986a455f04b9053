/**
 * Cuts a byte stream into records by an opening and a closing mark. In: a stream and the marks. Out: records with the places before and
 * after them, and what damage cut off. Nothing is thrown; memory is one record up to the limit. Marks may lie across chunks.
 * With an empty opening mark a record begins where the last one ended (lines).
 */
import { pointIn, type ByteChunk, type ByteDamage, type ByteStream, type ReadPoint } from './byte-stream.ts';
import { PageBuffer } from './page-buffer.ts';

export interface Marks {
  readonly open: string; // ASCII; `<page>`, or empty
  readonly close: string; // `</page>`, or a line feed
}

/** What stood between an opening and a closing mark. */
export interface ByteRecord {
  readonly bytes: Uint8Array; // valid until the next event
  readonly byteLength: number; // more than `bytes` has where it is over the limit
  readonly start: ReadPoint;
}

export type RecordEvent =
  | {
      readonly kind: 'record';
      readonly record: ByteRecord;
      /** `complete`; `reopened`: another opening mark came first; `end`: the file ended first. */
      readonly ending: 'complete' | 'reopened' | 'end';
      readonly next: ReadPoint | null; // null: the end of the file
    }
  /** `cut`: the record that was open. */
  | { readonly kind: 'damage'; readonly damage: ByteDamage; readonly cut: ByteRecord | null }
  /** The end of the file outside any record, with the last bytes and the offset to tell of it. */
  | { readonly kind: 'end'; readonly outside: Uint8Array; readonly byteOffset: number };

const outsideBytes = 64; // kept of what lies between records

export async function* scanRecords(stream: ByteStream, from: ReadPoint, marks: Marks, limit: number): AsyncGenerator<RecordEvent, void> {
  const open = Buffer.from(marks.open);
  const close = Buffer.from(marks.close);
  const tailBytes = Math.max(open.length, close.length) - 1; // a mark may begin in them
  const buffer = new PageBuffer(limit);
  let outside = Buffer.alloc(0);
  let tail = Buffer.alloc(0);
  let tailPoints: ReadPoint[] = [];
  let start: ReadPoint | null = open.length === 0 ? from : null; // of the open record
  let end = from.byteOffset; // of what was read

  const record = (): ByteRecord => ({ bytes: buffer.bytes, byteLength: buffer.seen, start: start! });

  for await (const chunk of stream.chunks(from)) {
    if (chunk.kind === 'damage') {
      if (start !== null) buffer.append(tail);
      yield { kind: 'damage', damage: chunk, cut: start !== null && buffer.seen > 0 ? record() : null };
      if (chunk.next === null) return;
      buffer.clear();
      tail = outside = Buffer.alloc(0);
      tailPoints = [];
      start = open.length === 0 ? chunk.next : null;
      continue;
    }
    const data = tail.length === 0 ? asBuffer(chunk) : Buffer.concat([tail, chunk.bytes]);
    const before = tail.length;
    end = pointIn(chunk, chunk.bytes.length).byteOffset;
    const points = tailPoints;
    const pointAt = (i: number): ReadPoint => (i < before ? points[i]! : pointIn(chunk, i - before));
    let at = 0;
    for (;;) {
      if (start === null) {
        const opened = data.indexOf(open, at);
        const stop = opened < 0 ? data.length - Math.min(tailBytes, data.length - at) : opened;
        outside = lastBytes(outside, data.subarray(at, stop));
        at = stop;
        if (opened < 0) break;
        start = pointAt(opened);
        at = opened + open.length;
        buffer.clear();
      }
      const closed = data.indexOf(close, at);
      const again = open.length === 0 ? -1 : data.indexOf(open, at);
      if (again >= 0 && (closed < 0 || again < closed)) {
        buffer.append(data.subarray(at, again));
        yield { kind: 'record', record: record(), ending: 'reopened', next: pointAt(again) };
        outside = Buffer.alloc(0);
        start = null;
        at = again;
        continue;
      }
      if (closed < 0) {
        const keep = Math.min(tailBytes, data.length - at);
        buffer.append(data.subarray(at, data.length - keep));
        at = data.length - keep;
        break;
      }
      buffer.append(data.subarray(at, closed));
      at = closed + close.length;
      const next = pointAt(at);
      yield { kind: 'record', record: record(), ending: 'complete', next };
      buffer.clear();
      outside = Buffer.alloc(0);
      start = open.length === 0 ? next : null;
    }
    tailPoints = Array.from({ length: data.length - at }, (_, i) => pointAt(at + i));
    tail = Buffer.from(data.subarray(at));
  }
  if (start !== null) {
    buffer.append(tail);
    if (buffer.seen > 0) yield { kind: 'record', record: record(), ending: 'end', next: null };
    return;
  }
  yield { kind: 'end', outside: lastBytes(outside, tail), byteOffset: end };
}

function asBuffer(chunk: ByteChunk): Buffer {
  return Buffer.from(chunk.bytes.buffer, chunk.bytes.byteOffset, chunk.bytes.length);
}

function lastBytes(before: Buffer, bytes: Uint8Array): Buffer<ArrayBuffer> {
  return Buffer.from(Buffer.concat([before, bytes.subarray(Math.max(0, bytes.length - outsideBytes))]).subarray(-outsideBytes));
}
