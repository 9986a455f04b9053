/** Compression of a stream's buffers: Zstandard, one frame a buffer. */
export interface BufferCompression {
  compress(bytes: Uint8Array): Uint8Array;
  /** @param outputBytes what the frame must hold. Throws where it is damaged or holds another number. */
  decompress(frame: Uint8Array, outputBytes: number): Uint8Array;
}
