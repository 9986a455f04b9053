/** Arrays as the protocol packs them: little-endian, without a length. In: numbers. Out: bytes, and back. Wrong: RangeError where the bytes are no whole number of elements. */

export function bytesOf(array: Int32Array | Float32Array): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}

/** @param values whole numbers of 0 up to 2^31, as tokens are */
export function int64Bytes(values: readonly number[]): Uint8Array {
  const halves = new Int32Array(2 * values.length); // the upper ones stay 0
  for (let i = 0; i < values.length; i++) halves[2 * i] = values[i]!;
  return bytesOf(halves);
}

export function int32sIn(bytes: Uint8Array): Int32Array {
  return new Int32Array(aligned(bytes));
}

export function float32sIn(bytes: Uint8Array): Float32Array {
  return new Float32Array(aligned(bytes));
}

export function int64sIn(bytes: Uint8Array): number[] {
  return Array.from(new BigInt64Array(aligned(bytes)), Number);
}

function aligned(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}
