/**
 * Rows as one Arrow IPC stream of one record batch, which any Arrow reader takes as it is. In: a definition and rows that `checkRecord` accepts; a
 * compression for the buffers, or none. Out: the bytes: equal rows give equal ones.
 */
import { makeData, RecordBatch, Schema, Struct } from 'apache-arrow';
import type { RecordDefinition, RecordOf } from '../record-definition.ts';
import { arrowColumn } from './arrow-column.ts';
import { arrowKeys, arrowSchema } from './arrow-schema.ts';
import type { BufferCompression } from './buffer-compression.ts';
import { createStreamWriter } from './stream-writer.ts';

export function toArrowStream<D extends RecordDefinition>(definition: D, rows: readonly RecordOf<NoInfer<D>>[], compression: BufferCompression | null = null): Uint8Array {
  const { fields, metadata } = arrowSchema(definition);
  const schema = new Schema(fields, new Map([...metadata, [arrowKeys.rows, String(rows.length)]]));
  const values = rows as readonly unknown[] as readonly Readonly<Record<string, unknown>>[];
  const children = Object.entries(definition.fields).map(([name, field]) => arrowColumn(field, values.map((row) => row[name])));
  const writer = createStreamWriter(compression).reset(undefined, schema);
  writer.write(new RecordBatch(schema, makeData({ type: new Struct(fields), length: rows.length, nullCount: 0, children })));
  return writer.finish().toUint8Array(true);
}
