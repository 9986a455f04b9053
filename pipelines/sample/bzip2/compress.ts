import { BitWriter } from './bit-writer.ts';
import { blockSort } from './block-sort.ts';
import { entropyCode } from './entropy-code.ts';
import { moveToFront } from './move-to-front.ts';

const CHUNK_BYTES = 700_000; // run coding can add a quarter; a block holds 900,000 less 19
const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte << 24;
  for (let bit = 0; bit < 8; bit++) crc = crc & 0x80000000 ? (crc << 1) ^ 0x04c11db7 : crc << 1;
  return crc >>> 0;
});

/**
 * One whole bzip2 stream. In: any bytes. Out: what `bzip2 -d` turns back into them, the same on every machine
 * (several streams one after the other are again a valid file).
 */
export function compress(data: Uint8Array): Uint8Array {
  const out = new BitWriter();
  for (const byte of Buffer.from('BZh9', 'ascii')) out.write(byte, 8);
  let combined = 0;
  for (let from = 0; from < data.length; from += CHUNK_BYTES) {
    const chunk = data.subarray(from, from + CHUNK_BYTES);
    const crc = checksum(chunk);
    combined = (((combined << 1) | (combined >>> 31)) ^ crc) >>> 0;
    const { last, origin } = blockSort(codeRuns(chunk));
    out.write(0x314159, 24);
    out.write(0x265359, 24);
    out.write32(crc);
    out.write(0, 1); // not randomised
    out.write(origin, 24);
    entropyCode(moveToFront(last), out);
  }
  out.write(0x177245, 24);
  out.write(0x385090, 24);
  out.write32(combined);
  return out.finish();
}

/** Four equal bytes are followed by how many more of them there are, 0 to 255. */
function codeRuns(data: Uint8Array): Uint8Array {
  const coded: number[] = [];
  for (let i = 0; i < data.length; ) {
    const byte = data[i]!;
    let run = 1;
    while (run < 259 && i + run < data.length && data[i + run] === byte) run++;
    for (let k = 0; k < Math.min(run, 4); k++) coded.push(byte);
    if (run >= 4) coded.push(run - 4);
    i += run;
  }
  return Uint8Array.from(coded);
}

function checksum(data: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of data) crc = ((crc << 8) ^ CRC_TABLE[(crc >>> 24) ^ byte]!) >>> 0;
  return ~crc >>> 0;
}
