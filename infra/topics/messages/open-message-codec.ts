import type { BufferCompression } from '../../../schemas/arrow/buffer-compression.ts';
import { loadZstd } from '../../sample-log/zstd.ts';

/** What encoding and decoding of messages need. */
export interface MessageCodec {
  readonly run: string;
  /** Bytes of a broker's message, its key, headers and framing included; what is larger is split. */
  readonly maxMessageBytes: number;
  /** Most bytes of a message's value, its parts together, and again once it is decompressed: beyond it a message is refused unread. */
  readonly maxDecodedBytes: number;
  readonly compression: BufferCompression;
}

export interface MessageCodecOptions {
  readonly run: string;
  readonly maxMessageBytes: number;
  /** zstd, 1 to 19. */
  readonly compressionLevel: number;
  /** @default 128 MiB: forty times a paragraph with 64 predictions of 4096 tokens */
  readonly maxDecodedBytes?: number;
}

export async function openMessageCodec({ run, maxMessageBytes, compressionLevel, maxDecodedBytes = 2 ** 27 }: MessageCodecOptions): Promise<MessageCodec> {
  const zstd = await loadZstd();
  const compression: BufferCompression = { compress: (bytes) => zstd.compress(bytes, compressionLevel), decompress: (frame, outputBytes) => zstd.decompress(frame, outputBytes) };
  return { run, maxMessageBytes, maxDecodedBytes, compression };
}
