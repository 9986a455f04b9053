/**
 * One bzip2 block. In: the compressed bytes, and the bit at which the block begins (its 48-bit magic). Out: the block's
 * bytes, checked against its checksum before the first is given. Fails with Bzip2Error. Blocks need nothing of each
 * other, so any block can be decoded alone; memory is fixed at about 9 MB, whatever the block expands to.
 */
import { BitReader } from './bit-reader.ts';
import { Bzip2Error } from './bzip2-error.ts';
import { HuffmanTable } from './huffman-table.ts';

const maxBlockBytes = 900_000; // before the last run-length decoding, at level 9
const groupSize = 50; // symbols coded with one table
const maxTables = 6;
const outputBytes = 1 << 20; // of one piece
const keptOutputBytes = 4 << 20; // held while the checksum is made; larger blocks are decoded twice

/** More compressed bytes than any valid block has: 900,000 symbols of 20 bits, tables and selectors. */
export const maxCompressedBlockBytes = 2_400_000;

const crcTable = Int32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte << 24;
  for (let bit = 0; bit < 8; bit++) crc = crc < 0 ? (crc << 1) ^ 0x04c11db7 : crc << 1;
  return crc;
});

export class Bzip2BlockDecoder {
  readonly #links = new Uint32Array(maxBlockBytes); // low 8 bits: byte; high 24: place of the next one
  readonly #output = new Uint8Array(keptOutputBytes);
  readonly #selectors = new Uint8Array(1 << 15);
  #length = 0;
  #origin = 0;

  /**
   * @param startBit the first bit after the block's magic.
   * @returns where the block ended, its checksum, and its bytes in pieces that are valid until the next block.
   */
  decode(bytes: Uint8Array, startBit: number, end: number): { endBit: number; crc: number; pieces: Iterable<Uint8Array> } {
    const reader = new BitReader(bytes, startBit, end);
    const expected = ((reader.bits(16) << 16) | reader.bits(16)) >>> 0;
    this.#readSymbols(reader);
    let kept = 0;
    let total = 0;
    let crc = -1;
    for (const piece of this.#runs()) {
      for (let i = 0; i < piece.length; i++) crc = (crc << 8) ^ crcTable[(crc >>> 24) ^ piece[i]!]!;
      total += piece.length;
      if (total > keptOutputBytes) continue;
      this.#output.set(piece, kept);
      kept = total;
    }
    crc = ~crc >>> 0;
    if (crc !== expected) throw new Bzip2Error('the checksum of a block is wrong');
    const pieces = total > keptOutputBytes ? this.#runs() : [this.#output.subarray(0, total)];
    return { endBit: reader.position, crc, pieces };
  }

  /** Huffman, move-to-front and run codes, into the linked list of the inverse Burrows-Wheeler transform. */
  #readSymbols(reader: BitReader): void {
    if (reader.bits(1) === 1) throw new Bzip2Error('a randomised block of an obsolete version');
    this.#origin = reader.bits(24);
    const used = readUsedBytes(reader);
    const tableCount = reader.bits(3);
    if (tableCount < 2 || tableCount > maxTables) throw new Bzip2Error(`${tableCount} code tables`);
    const selectorCount = this.#readSelectors(reader, tableCount);
    const symbolCount = used.length + 2;
    const tables = Array.from({ length: tableCount }, () => new HuffmanTable(readLengths(reader, symbolCount), symbolCount));

    const links = this.#links;
    const counts = new Int32Array(256);
    const front = used; // move-to-front list
    const endSymbol = symbolCount - 1;
    let length = 0;
    let run = 0;
    let runUnit = 1;
    let group = -1;
    let left = 0;
    let table = tables[0]!;
    for (;;) {
      if (left === 0) {
        if (++group >= selectorCount) throw new Bzip2Error('more symbols than selectors');
        table = tables[this.#selectors[group]!]!;
        left = groupSize;
      }
      left--;
      const symbol = table.decode(reader);
      if (symbol <= 1) {
        run += runUnit << symbol;
        runUnit <<= 1;
        if (run > maxBlockBytes) throw new Bzip2Error('a run longer than a block');
        continue;
      }
      if (run > 0) {
        if (length + run > maxBlockBytes) throw new Bzip2Error('more bytes than a block holds');
        const byte = front[0]!;
        counts[byte]! += run;
        links.fill(byte, length, length + run);
        length += run;
        run = 0;
        runUnit = 1;
      }
      if (symbol === endSymbol) break;
      if (length >= maxBlockBytes) throw new Bzip2Error('more bytes than a block holds');
      const place = symbol - 1;
      const byte = front[place]!;
      if (place < 16) for (let i = place; i > 0; i--) front[i] = front[i - 1]!;
      else front.copyWithin(1, 0, place);
      front[0] = byte;
      counts[byte]!++;
      links[length++] = byte;
    }
    if (this.#origin >= length) throw new Bzip2Error('the block begins outside itself');
    this.#length = length;
    link(links, counts, length);
  }

  #readSelectors(reader: BitReader, tableCount: number): number {
    const count = reader.bits(15);
    if (count === 0) throw new Bzip2Error('no selectors');
    const order = Array.from({ length: tableCount }, (_, i) => i);
    for (let i = 0; i < count; i++) {
      let place = 0;
      while (reader.bits(1) === 1) if (++place >= tableCount) throw new Bzip2Error('a selector beyond the tables');
      const [table] = order.splice(place, 1);
      order.unshift(table!);
      this.#selectors[i] = table!;
    }
    return count;
  }

  /** Follows the links and undoes the first run-length coding (four equal bytes, then a count). */
  *#runs(): Generator<Uint8Array> {
    const links = this.#links;
    const piece = new Uint8Array(outputBytes + 256);
    let filled = 0;
    let entry = links[this.#origin]!;
    let equal = 0;
    let previous = -1;
    for (let i = 0; i < this.#length; i++) {
      entry = links[entry >>> 8]!;
      const byte = entry & 255;
      if (equal === 4) {
        piece.fill(previous, filled, filled + byte);
        filled += byte;
        equal = 0;
        previous = -1;
      } else {
        equal = byte === previous ? equal + 1 : 1;
        previous = byte;
        piece[filled++] = byte;
      }
      if (filled >= outputBytes) {
        yield piece.subarray(0, filled);
        filled = 0;
      }
    }
    if (filled > 0) yield piece.subarray(0, filled);
  }
}

function readUsedBytes(reader: BitReader): Uint8Array {
  const used: number[] = [];
  const ranges = reader.bits(16);
  for (let high = 0; high < 16; high++) {
    if ((ranges & (0x8000 >>> high)) === 0) continue;
    const lows = reader.bits(16);
    for (let low = 0; low < 16; low++) if ((lows & (0x8000 >>> low)) !== 0) used.push(high * 16 + low);
  }
  if (used.length === 0) throw new Bzip2Error('a block without bytes');
  return Uint8Array.from(used);
}

function readLengths(reader: BitReader, symbolCount: number): Uint8Array {
  const lengths = new Uint8Array(symbolCount);
  let length = reader.bits(5);
  for (let s = 0; s < symbolCount; s++) {
    for (;;) {
      if (length < 1 || length > 20) throw new Bzip2Error(`a code of ${length} bits`);
      if (reader.bits(1) === 0) break;
      length += reader.bits(1) === 0 ? 1 : -1;
    }
    lengths[s] = length;
  }
  return lengths;
}

/** Turns each entry's high 24 bits into the place of the byte that follows (counting sort by byte). */
function link(links: Uint32Array, counts: Int32Array, length: number): void {
  let sum = 0;
  for (let byte = 0; byte < 256; byte++) {
    const count = counts[byte]!;
    counts[byte] = sum;
    sum += count;
  }
  for (let i = 0; i < length; i++) {
    const place = counts[links[i]! & 255]!++;
    links[place] = (links[place]! | (i << 8)) >>> 0;
  }
}
