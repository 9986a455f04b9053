/**
 * In: blocks of a quantised tensor, as GGUF stores them. Out: float32, bit for bit what `gguf.quants.dequantize` of the reference gives. Nothing can go
 * wrong: the lengths match, and scales that are not finite give values that are not.
 */
import { widenToFloat32 } from '../widen-to-float32.ts';
import { ggufKinds, type GgufKind } from './gguf-kinds.ts';

/**
 * @param source whole blocks
 * @param target their values, one after the other
 */
export function dequantise(kind: GgufKind, source: Uint8Array, target: Float32Array): void {
  if (kind === 'F32') new Uint8Array(target.buffer, target.byteOffset, target.byteLength).set(source);
  else if (kind === 'F16' || kind === 'BF16') widenToFloat32(kind, source, target);
  else {
    const { bytes, values } = ggufKinds[kind];
    const block = blockReaders[kind];
    for (let from = 0, to = 0; from < source.length; from += bytes, to += values) block(source, from, target, to);
  }
}

/** One block: bytes of `source` from `from` on, values of `target` from `to` on. */
type BlockReader = (source: Uint8Array, from: number, target: Float32Array, to: number) => void;

const blockReaders: Readonly<Record<Exclude<GgufKind, 'F32' | 'F16' | 'BF16'>, BlockReader>> = {
  Q8_0: (source, from, target, to) => {
    const scale = half(source, from);
    for (let i = 0; i < 32; i++) target[to + i] = scale * signed(source[from + 2 + i]!);
  },
  Q4_0: (source, from, target, to) => {
    const scale = half(source, from);
    for (let i = 0; i < 16; i++) {
      const pair = source[from + 2 + i]!;
      target[to + i] = scale * ((pair & 15) - 8);
      target[to + 16 + i] = scale * ((pair >> 4) - 8);
    }
  },
  Q4_1: (source, from, target, to) => {
    const scale = half(source, from);
    const least = half(source, from + 2);
    for (let i = 0; i < 16; i++) {
      const pair = source[from + 4 + i]!;
      target[to + i] = scale * (pair & 15) + least;
      target[to + 16 + i] = scale * (pair >> 4) + least;
    }
  },
  Q4_K: (source, from, target, to) => {
    const scaleUnit = half(source, from);
    const leastUnit = half(source, from + 2);
    for (let part = 0; part < 8; part++) {
      const [scaleBits, leastBits] = sixBitPair(source, from + 4, part);
      const scale = scaleUnit * scaleBits;
      const least = leastUnit * leastBits;
      const shift = 4 * (part & 1); // two parts share 32 bytes
      const bytes = from + 16 + 32 * (part >> 1);
      for (let i = 0; i < 32; i++) target[to + 32 * part + i] = scale * ((source[bytes + i]! >> shift) & 15) - least;
    }
  },
  Q6_K: (source, from, target, to) => {
    const unit = half(source, from + 208);
    for (let part = 0; part < 8; part++) {
      const low = from + 64 * (part >> 2) + 32 * (part & 1);
      const lowShift = 4 * ((part >> 1) & 1);
      const high = from + 128 + 32 * (part >> 2);
      const highShift = 2 * (part & 3);
      for (let i = 0; i < 32; i++) {
        const bits = ((source[low + i]! >> lowShift) & 15) | (((source[high + i]! >> highShift) & 3) << 4);
        const scale = unit * signed(source[from + 192 + 2 * part + (i >> 4)]!);
        target[to + 32 * part + i] = scale * (bits - 32);
      }
    }
  },
};

/** Scale and least value of one of the 8 parts of a Q4_K block: 6 bits each, packed into 12 bytes. */
function sixBitPair(source: Uint8Array, from: number, part: number): readonly [number, number] {
  const first = source[from + (part & 3)]!;
  const second = source[from + 4 + (part & 3)]!;
  if (part < 4) return [first & 63, second & 63];
  const low = source[from + 4 + part]!;
  return [(low & 15) | ((first >> 2) & 48), (low >> 4) | ((second >> 2) & 48)];
}

function signed(byte: number): number {
  return (byte << 24) >> 24;
}

function half(source: Uint8Array, from: number): number {
  return halfValues[source[from]! | (source[from + 1]! << 8)]!;
}

/** Bits of a 16-bit float -> its value. */
const halfValues = new Float32Array(2 ** 16);
widenToFloat32('F16', new Uint8Array(Uint16Array.from(halfValues, (_, bits) => bits).buffer), halfValues);
