/**
 * In: a library tokenizer. Out: nothing; its byte-fallback decoding, where it has one, becomes that of the Rust library: a run
 * of byte tokens that is no UTF-8 gives one U+FFFD a byte, and U+FEFF stays.
 */
import { ByteFallbackDecoder, SequenceDecoder, type LibraryTokenizer } from './library-tokenizer.ts';

export function useExactByteFallback({ decoder }: LibraryTokenizer): void {
  const parts = decoder instanceof SequenceDecoder ? decoder.decoders : [decoder];
  for (const part of parts) if (part instanceof ByteFallbackDecoder) part.text_decoder = { decode: decodeRun };
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function decodeRun(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    return '\ufffd'.repeat(bytes.length);
  }
}
