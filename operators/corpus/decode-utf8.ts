/**
 * In: bytes. Out: their text, or how many bytes of it are good. A byte order mark at the start is left out. Never throws.
 */
export type Decoded = { readonly text: string } | { readonly text: null; readonly goodBytes: number };

export function decodeUtf8(bytes: Uint8Array): Decoded {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return { text: null, goodBytes: goodPrefix(bytes) };
  }
}

/** Whether the first bytes of a file are UTF-16: its byte order mark, or every other byte 0. */
export function looksLikeUtf16(head: Uint8Array): boolean {
  const [a, b, c, d] = head;
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)) return true;
  return (a === 0 && c === 0 && b !== 0 && d !== 0) || (b === 0 && d === 0 && a !== 0 && c !== 0);
}

/** The longest prefix that decodes, by halving. */
function goodPrefix(bytes: Uint8Array): number {
  let good = 0;
  let bad = bytes.length;
  while (bad - good > 1) {
    const middle = (good + bad) >>> 1;
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, middle), { stream: true });
      good = middle;
    } catch {
      bad = middle;
    }
  }
  return good;
}
