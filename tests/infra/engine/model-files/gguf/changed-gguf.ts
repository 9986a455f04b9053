/** GGUF files that differ in some fields. In: a fixture and its new fields. Out: the bytes of the changed file. */
import { buildGgufHeader, gguf, GGUFValueType, type GGUFTypedMetadata } from '@huggingface/gguf';
import { readFile } from 'node:fs/promises';
import { fixturePath } from '../../../../fixtures/fixture-path.ts';

export type Field = string | number | boolean | readonly string[] | readonly number[];

/** @param fields null takes one away; whole numbers become UINT32, others FLOAT32 */
export async function changedGguf(name: string, fields: Readonly<Record<string, Field | null>>): Promise<Buffer> {
  const path = fixturePath('gguf', `${name}.gguf`);
  const bytes = await readFile(path);
  const { typedMetadata, tensorInfoByteRange, tensorDataOffset } = await gguf(path, { allowLocalFile: true, typedMetadata: true });
  const changed = new Map<string, unknown>(Object.entries(typedMetadata));
  for (const [key, value] of Object.entries(fields)) {
    if (value === null) changed.delete(key);
    else changed.set(key, typedField(value));
  }
  const metadata = Object.fromEntries(changed) as GGUFTypedMetadata;
  const header = await buildGgufHeader(new Blob([bytes]), metadata, { littleEndian: true, tensorInfoByteRange });
  return Buffer.concat([Buffer.from(await header.arrayBuffer()), bytes.subarray(Number(tensorDataOffset))]);
}

function typedField(value: Field): object {
  return Array.isArray(value) ? { value, type: GGUFValueType.ARRAY, subType: typeOf((value as Field[])[0]!) } : { value, type: typeOf(value) };
}

function typeOf(value: Field): GGUFValueType {
  if (typeof value === 'string') return GGUFValueType.STRING;
  if (typeof value === 'boolean') return GGUFValueType.BOOL;
  return Number.isInteger(value) ? GGUFValueType.UINT32 : GGUFValueType.FLOAT32;
}
