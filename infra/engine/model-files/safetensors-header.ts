/**
 * The header of a safetensors file: eight bytes of length (little endian), then JSON that gives dtype, shape and byte range of
 * each tensor. In: untrusted bytes. Out: checked entries. Wrong: MODEL_INVALID with file and tensor.
 */
import { PretrainZeroError } from '../../../schemas/pretrain-zero-error.ts';
import { elementCount } from './host-tensor.ts';

/** The reference implementation's own limit. */
export const largestHeaderBytes = 100_000_000;

/** Bytes of one element, of the kinds that become float32. */
export const bytesPerElement = { F32: 4, F16: 2, BF16: 2 } as const;
export type FloatKind = keyof typeof bytesPerElement;

export interface SafetensorsEntry {
  readonly name: string;
  readonly kind: FloatKind;
  readonly shape: readonly number[];
  readonly begin: number; // bytes after the header
  readonly end: number; // exclusive
}

export interface SafetensorsHeader {
  readonly entries: readonly SafetensorsEntry[]; // in order of their bytes
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * @param text the JSON of the header
 * @param dataBytes bytes of the file after the header; the entries must cover them without gap or overlap
 * @throws MODEL_INVALID
 */
export function parseSafetensorsHeader(text: Uint8Array, dataBytes: number, file: string): SafetensorsHeader {
  const fields = parseObject(text, file);
  const metadata: Record<string, string> = {};
  const entries: SafetensorsEntry[] = [];
  for (const [name, value] of Object.entries(fields)) {
    if (name === '__metadata__') Object.assign(metadata, parseMetadata(value, file));
    else entries.push(parseEntry(name, value, file));
  }
  entries.sort((a, b) => a.begin - b.begin || a.end - b.end);
  let offset = 0;
  for (const entry of entries) {
    if (entry.begin !== offset) throw damaged(file, entry.name, `begins at byte ${entry.begin}, not at ${offset}`);
    offset = entry.end;
  }
  if (offset !== dataBytes) throw damaged(file, undefined, `The tensors take ${offset} bytes, but the file has ${dataBytes}`);
  return { entries, metadata };
}

/** The header of float32 tensors stored one after the other in the given order, padded to a multiple of 8 bytes. */
export function formatSafetensorsHeader(
  tensors: readonly { readonly name: string; readonly shape: readonly number[] }[],
  metadata: Readonly<Record<string, string>>,
): Uint8Array {
  const fields: [string, unknown][] = [];
  const keys = Object.keys(metadata).sort();
  if (keys.length > 0) fields.push(['__metadata__', Object.fromEntries(keys.map((key) => [key, metadata[key]]))]);
  let begin = 0;
  for (const { name, shape } of tensors) {
    const end = begin + elementCount(shape) * bytesPerElement.F32;
    fields.push([name, { dtype: 'F32', shape, data_offsets: [begin, end] }]);
    begin = end;
  }
  // Not through an object: it would put names that look like integers first.
  const json = `{${fields.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`).join(',')}}`;
  const bytes = new TextEncoder().encode(json);
  const padded = new Uint8Array(8 + Math.ceil(bytes.length / 8) * 8).fill(0x20);
  new DataView(padded.buffer).setBigUint64(0, BigInt(padded.length - 8), true);
  padded.set(bytes, 8);
  return padded;
}

function parseObject(text: Uint8Array, file: string): object {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(text));
  } catch (cause) {
    throw new PretrainZeroError('MODEL_INVALID', 'The safetensors header is not JSON', { file, byteOffset: 8 }, cause);
  }
  if (!isObject(value)) throw damaged(file, undefined, 'The safetensors header is not a JSON object');
  return value;
}

function parseMetadata(value: unknown, file: string): Record<string, string> {
  if (isObject(value) && Object.values(value).every((entry) => typeof entry === 'string')) return value as Record<string, string>;
  throw damaged(file, '__metadata__', 'is not an object of strings');
}

function parseEntry(name: string, value: unknown, file: string): SafetensorsEntry {
  if (!isObject(value)) throw damaged(file, name, 'is not an object');
  const { dtype, shape, data_offsets: offsets } = value as Record<string, unknown>;
  if (typeof dtype !== 'string' || !Object.hasOwn(bytesPerElement, dtype)) {
    throw new PretrainZeroError('MODEL_UNSUPPORTED', `Tensor "${name}" has dtype ${JSON.stringify(dtype)}; F32, F16 and BF16 are supported`, {
      file,
      key: name,
    });
  }
  if (!isNaturals(shape) || shape.length > 8) throw damaged(file, name, 'has a shape that is not a short list of sizes');
  if (!isNaturals(offsets) || offsets.length !== 2) throw damaged(file, name, 'has no pair of data_offsets');
  const [begin, end] = offsets as [number, number];
  const kind = dtype as FloatKind;
  const bytes = elementCount(shape) * bytesPerElement[kind];
  if (!Number.isSafeInteger(bytes) || end - begin !== bytes) {
    throw damaged(file, name, `of shape [${shape.join(', ')}] takes ${bytes} bytes, but has ${end - begin}`);
  }
  return { name, kind, shape, begin, end };
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isNaturals(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((item) => Number.isSafeInteger(item) && (item as number) >= 0);
}

function damaged(file: string, tensor: string | undefined, what: string): PretrainZeroError {
  return tensor === undefined
    ? new PretrainZeroError('MODEL_INVALID', what, { file })
    : new PretrainZeroError('MODEL_INVALID', `Tensor "${tensor}" ${what}`, { file, key: tensor });
}
