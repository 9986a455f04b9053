/** In: 16-bit floats as stored (little endian). Out: the same values in float32, exactly. */
import type { FloatKind } from './safetensors-header.ts';

/** Widens `source` into `target`, element by element; lengths match. */
export function widenToFloat32(kind: Exclude<FloatKind, 'F32'>, source: Uint8Array, target: Float32Array): void {
  const halves = new DataView(source.buffer, source.byteOffset, source.byteLength);
  const bits = new Uint32Array(target.buffer, target.byteOffset, target.length);
  const widen = kind === 'BF16' ? (half: number) => half << 16 : float32Bits;
  for (let i = 0; i < bits.length; i++) bits[i] = widen(halves.getUint16(2 * i, true));
}

/** The float32 bits of an IEEE binary16 (1 sign, 5 exponent, 10 fraction bits). */
function float32Bits(half: number): number {
  const sign = (half & 0x8000) << 16;
  const exponent = (half >> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 0x1f) return sign | 0x7f800000 | (fraction << 13); // infinity, NaN
  if (exponent !== 0) return sign | ((exponent + 112) << 23) | (fraction << 13);
  if (fraction === 0) return sign;
  const shift = Math.clz32(fraction) - 21; // a subnormal: bring its leading one to bit 10
  return sign | ((113 - shift) << 23) | (((fraction << shift) & 0x3ff) << 13);
}
