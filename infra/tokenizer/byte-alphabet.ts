/**
 * The alphabet of byte-level BPE (GPT-2): each byte written as one visible character. Printable bytes of Latin-1 stand for
 * themselves, the other 68 for the characters from U+0100 on, in order.
 */
function isPrintable(byte: number): boolean {
  return (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || byte >= 0xae;
}

function buildAlphabet(): string[] {
  let invisible = 0;
  return Array.from({ length: 256 }, (_, byte) => String.fromCharCode(isPrintable(byte) ? byte : 0x100 + invisible++));
}

/** Byte -> its character. */
export const byteAlphabet: readonly string[] = buildAlphabet();
