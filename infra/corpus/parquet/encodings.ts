/**
 * Parquet's encodings of whole numbers and byte arrays. In: bytes and how many values are expected. Out: those values. Fails with a plain Error (or a RangeError of the
 * bytes' end) on anything else; never gives more values than were asked for.
 */
export type Value = Uint8Array | bigint;

/** Reads little things one after the other. */
export class ByteCursor {
  readonly bytes: Uint8Array;
  readonly #view: DataView;
  at = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  byte(): number {
    return this.#view.getUint8(this.at++);
  }

  uint32(): number {
    this.at += 4;
    return this.#view.getUint32(this.at - 4, true);
  }

  int64(): bigint {
    this.at += 8;
    return this.#view.getBigInt64(this.at - 8, true);
  }

  int32(): bigint {
    this.at += 4;
    return BigInt(this.#view.getInt32(this.at - 4, true));
  }

  take(length: number): Uint8Array {
    if (length < 0 || this.at + length > this.bytes.length) throw new Error('a value longer than its page');
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }

  varInt(): bigint {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = this.byte();
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return value;
    }
    throw new Error('a number of more than 64 bits');
  }

  zigZag(): bigint {
    const value = this.varInt();
    return (value >> 1n) ^ -(value & 1n);
  }
}

/** Runs and bit-packed groups, mixed. @param width bits a value, 0 to 31. */
export function readHybrid(cursor: ByteCursor, width: number, count: number): Int32Array {
  if (width > 31) throw new Error(`values of ${width} bits`);
  const values = new Int32Array(count);
  const mask = 2 ** width - 1;
  for (let filled = 0; filled < count; ) {
    const header = Number(cursor.varInt());
    if (header % 2 === 0) {
      const run = Math.min(Math.floor(header / 2), count - filled);
      let value = 0;
      for (let i = 0; i < Math.ceil(width / 8); i++) value += cursor.byte() * 2 ** (8 * i);
      if (run === 0) throw new Error('an empty run');
      values.fill(value, filled, filled + run);
      filled += run;
      continue;
    }
    const groups = Math.floor(header / 2);
    if (groups === 0) throw new Error('an empty run');
    const wanted = Math.min(groups * 8, count - filled);
    let buffer = 0; // unread bits, at most 38: exact as a double
    let bits = 0;
    const end = cursor.at + groups * width;
    for (let i = 0; i < wanted; i++) {
      while (bits < width) {
        buffer += cursor.byte() * 2 ** bits;
        bits += 8;
      }
      const value = buffer % (mask + 1);
      values[filled++] = value;
      buffer = (buffer - value) / (mask + 1);
      bits -= width;
    }
    cursor.at = Math.min(end, cursor.bytes.length);
  }
  return values;
}

/** DELTA_BINARY_PACKED. */
export function readDeltas(cursor: ByteCursor, count: number): bigint[] {
  const blockSize = Number(cursor.varInt());
  const miniblocks = Number(cursor.varInt());
  const total = Number(cursor.varInt());
  if (total < count || miniblocks < 1 || miniblocks > 512 || blockSize < miniblocks || blockSize > 1 << 20) throw new Error('a delta header that cannot be');
  const perMiniblock = Math.floor(blockSize / miniblocks);
  let value = cursor.zigZag();
  const values: bigint[] = count > 0 ? [value] : [];
  while (values.length < count) {
    const least = cursor.zigZag();
    const widths = cursor.take(miniblocks);
    for (const width of widths) {
      if (values.length >= count) break;
      if (width > 64) throw new Error(`deltas of ${width} bits`);
      const packed = cursor.take(Math.ceil((perMiniblock * width) / 8));
      for (let i = 0; i < perMiniblock && values.length < count; i++) {
        value = BigInt.asIntN(64, value + least + bitsOf(packed, i * width, width));
        values.push(value);
      }
    }
  }
  return values;
}

function bitsOf(bytes: Uint8Array, bit: number, width: number): bigint {
  let value = 0n;
  for (let taken = 0; taken < width; ) {
    const at = bit + taken;
    const bits = Math.min(8 - (at % 8), width - taken);
    value |= BigInt((bytes[at >>> 3]! >>> (at % 8)) & ((1 << bits) - 1)) << BigInt(taken);
    taken += bits;
  }
  return value;
}

/** DELTA_LENGTH_BYTE_ARRAY. */
export function readDeltaLengths(cursor: ByteCursor, count: number): Uint8Array[] {
  return readDeltas(cursor, count).map((length) => cursor.take(Number(length)));
}

/** DELTA_BYTE_ARRAY: each value shares a beginning with the one before. @param maxBytes of all values together. */
export function readDeltaBytes(cursor: ByteCursor, count: number, maxBytes: number): Uint8Array[] {
  const prefixes = readDeltas(cursor, count);
  const suffixes = readDeltaLengths(cursor, count);
  let before = new Uint8Array(0);
  let made = 0;
  return suffixes.map((suffix, i) => {
    const prefix = Number(prefixes[i]!);
    if (prefix < 0 || prefix > before.length) throw new Error('a prefix longer than the value before');
    made += prefix + suffix.length;
    if (made > maxBytes) throw new Error('values larger than a page may be');
    const value = new Uint8Array(prefix + suffix.length);
    value.set(before.subarray(0, prefix));
    value.set(suffix, prefix);
    before = value;
    return value;
  });
}
