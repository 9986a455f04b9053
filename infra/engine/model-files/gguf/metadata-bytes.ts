/** In: the metadata of a GGUF file as it was parsed, kinds included. Out: the bytes that it takes in the file. */
import type { GGUFTypedMetadata } from '@huggingface/gguf';

/** Kind -> bytes of one value; texts and lists are none of these. */
const fixedBytes: Readonly<Record<number, number>> = { 0: 1, 1: 1, 2: 2, 3: 2, 4: 4, 5: 4, 6: 4, 7: 1, 10: 8, 11: 8, 12: 8 };
const text = 8;
const list = 9;

/** What the library adds to the fields of the file; it lies before them. */
const added = new Set(['version', 'tensor_count', 'kv_count']);

export function metadataBytes(metadata: GGUFTypedMetadata): number {
  let bytes = 0;
  for (const [key, field] of Object.entries(metadata)) {
    if (added.has(key)) continue;
    const { value, type, subType } = field as Field;
    bytes += textBytes(key) + 4 + (type === list ? 12 + listBytes(value, subType) : valueBytes(value, type));
  }
  return bytes;
}

interface Field {
  readonly value: unknown;
  readonly type: number;
  readonly subType?: number;
}

/** NaN for lists of lists, which no model has. */
function listBytes(values: unknown, type: number | undefined): number {
  if (!Array.isArray(values) || type === undefined) return NaN;
  if (type !== text) return values.length * (fixedBytes[type] ?? NaN);
  return (values as unknown[]).reduce<number>((sum, value) => sum + valueBytes(value, text), 0);
}

function valueBytes(value: unknown, type: number): number {
  return type === text ? textBytes(value) : (fixedBytes[type] ?? NaN);
}

function textBytes(value: unknown): number {
  return typeof value === 'string' ? 8 + Buffer.byteLength(value) : NaN;
}
