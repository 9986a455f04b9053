/** GGUF files that differ in some fields. In: a fixture, its new fields and further tensors. Out: the bytes of the changed file. */
import { buildGgufHeader, gguf, GGUFValueType, type GGUFTypedMetadata } from '@huggingface/gguf';
import { readFile } from 'node:fs/promises';
import { fixturePath } from '../../../../fixtures/fixture-path.ts';

export type Field = string | number | boolean | readonly string[] | readonly number[];

/**
 * @param fields null takes one away; whole numbers become UINT32, others FLOAT32
 * @param vectors further tensors of one dimension, F32
 */
export async function changedGguf(
  name: string,
  fields: Readonly<Record<string, Field | null>>,
  vectors: Readonly<Record<string, readonly number[]>> = {},
): Promise<Buffer> {
  const path = fixturePath('gguf', `${name}.gguf`);
  const bytes = await readFile(path);
  const { typedMetadata, tensorInfoByteRange, tensorDataOffset } = await gguf(path, { allowLocalFile: true, typedMetadata: true });
  const changed = new Map<string, unknown>(Object.entries(typedMetadata));
  for (const [key, value] of Object.entries(fields)) {
    if (value === null) changed.delete(key);
    else changed.set(key, typedField(value));
  }
  const metadata = Object.fromEntries(changed) as GGUFTypedMetadata;
  const built = await buildGgufHeader(new Blob([bytes]), metadata, { littleEndian: true, tensorInfoByteRange });
  const header = Buffer.from(await built.arrayBuffer());
  const data = bytes.subarray(Number(tensorDataOffset));
  if (Object.keys(vectors).length === 0) return Buffer.concat([header, data]);
  const infos = bytes.subarray(...tensorInfoByteRange);
  return withVectors(header.subarray(0, header.indexOf(infos) + infos.length), data, vectors);
}

/** @param header up to its last tensor, without padding */
function withVectors(header: Buffer, data: Buffer, vectors: Readonly<Record<string, readonly number[]>>): Buffer {
  const infos: Buffer[] = [];
  let values = aligned(data);
  for (const [name, numbers] of Object.entries(vectors)) {
    const info = Buffer.alloc(8 + name.length + 4 + 8 + 4 + 8);
    info.writeBigUInt64LE(BigInt(name.length), 0);
    info.write(name, 8);
    info.writeUInt32LE(1, 8 + name.length); // dimensions
    info.writeBigUInt64LE(BigInt(numbers.length), 12 + name.length);
    info.writeUInt32LE(0, 20 + name.length); // F32
    info.writeBigUInt64LE(BigInt(values.length), 24 + name.length);
    infos.push(info);
    values = aligned(Buffer.concat([values, Buffer.from(Float32Array.from(numbers).buffer)]));
  }
  const start = Buffer.from(header);
  start.writeBigUInt64LE(start.readBigUInt64LE(8) + BigInt(infos.length), 8);
  return Buffer.concat([aligned(Buffer.concat([start, ...infos])), values]);
}

function aligned(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc(-bytes.length & 31)]);
}

function typedField(value: Field): object {
  return Array.isArray(value) ? { value, type: GGUFValueType.ARRAY, subType: typeOf((value as Field[])[0]!) } : { value, type: typeOf(value) };
}

function typeOf(value: Field): GGUFValueType {
  if (typeof value === 'string') return GGUFValueType.STRING;
  if (typeof value === 'boolean') return GGUFValueType.BOOL;
  return Number.isInteger(value) ? GGUFValueType.UINT32 : GGUFValueType.FLOAT32;
}
