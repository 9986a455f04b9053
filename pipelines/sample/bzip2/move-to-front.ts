/** A block's symbols after move-to-front and zero-run coding, as bzip2 transmits them. */
export interface FrontSymbols {
  symbols: Uint16Array; // 0 and 1 are run digits, k + 1 is "the byte at place k", the last is the end mark
  alphabetSize: number; // run digits, places and end mark
  used: boolean[]; // which of the 256 bytes occur
}

const RUN_A = 0;
const RUN_B = 1;

/** In: the last column of the sorted block. Out: its symbols, with the end mark. */
export function moveToFront(last: Uint8Array): FrontSymbols {
  const used = new Array<boolean>(256).fill(false);
  for (const byte of last) used[byte] = true;
  const places: number[] = [];
  for (let byte = 0; byte < 256; byte++) if (used[byte]) places.push(byte);
  const endMark = places.length + 1;

  const symbols = new Uint16Array(last.length + 2);
  let length = 0;
  let zeros = 0;
  const flushZeros = (): void => {
    // bijective base 2, lowest digit first
    for (; zeros > 0; zeros = (zeros - 1) >> 1) symbols[length++] = zeros & 1 ? RUN_A : RUN_B;
  };
  for (const byte of last) {
    const place = places.indexOf(byte);
    if (place === 0) {
      zeros++;
      continue;
    }
    flushZeros();
    places.splice(place, 1);
    places.unshift(byte);
    symbols[length++] = place + 1;
  }
  flushZeros();
  symbols[length++] = endMark;
  return { symbols: symbols.slice(0, length), alphabetSize: endMark + 1, used };
}
