/**
 * The rows of an IPC stream that `toArrowStream` made, by this version of the record or an older one. In: a definition, bytes that may be anything, and the most that
 * they may come to once decompressed. Out: the rows, with null for nullable fields that the writer did not have yet (schema-change.ts); whether their values are
 * allowed is `checkRecord`'s matter. Errors: MESSAGE_FOREIGN for another record, a newer version or an incompatible older one, naming both; RECORD_INVALID for bytes that
 * are broken or cut. Never anything else, whatever the bytes are.
 */
import { PretrainZeroError } from '../pretrain-zero-error.ts';
import type { RecordDefinition, RecordOf } from '../record-definition.ts';
import { arrowRows } from './arrow-rows.ts';
import { arrowKeys } from './arrow-schema.ts';
import type { BufferCompression } from './buffer-compression.ts';
import { ipcBatch } from './ipc-batch.ts';
import { schemaConflict } from './schema-change.ts';
import type { WrittenSchema } from './written-schema.ts';

export interface ArrowStreamLimits {
  readonly maxBytes?: number;
  readonly compression?: BufferCompression | null;
}

const defaultMaxBytes = 2 ** 28;

export function fromArrowStream<D extends RecordDefinition>(definition: D, bytes: Uint8Array, limits: ArrowStreamLimits = {}): RecordOf<D>[] {
  const { name, version, fields } = definition;
  try {
    const batch = ipcBatch(bytes, { maxBytes: limits.maxBytes ?? defaultMaxBytes, compression: limits.compression ?? null });
    requireCompatible(definition, batch.schema);
    const rows = arrowRows(fields, batch);
    const expected = batch.schema.metadata.get(arrowKeys.rows);
    if (expected !== String(rows.length)) throw new RangeError(`it holds ${rows.length} rows and was made with ${expected ?? 'an unknown number'}`);
    return rows as readonly unknown[] as RecordOf<D>[];
  } catch (error) {
    if (error instanceof PretrainZeroError) throw error;
    throw new PretrainZeroError('RECORD_INVALID', `the message is no Arrow stream of ${name}, version ${version}: ${(error as Error).message}`, {}, error);
  }
}

function requireCompatible({ name, version, fields }: RecordDefinition, written: WrittenSchema): void {
  const own = `${name}, version ${version}`;
  const theirs = written.metadata.get(arrowKeys.version) ?? 'unknown';
  const found = `${written.metadata.get(arrowKeys.record) ?? 'an unnamed record'}, version ${theirs}`;
  if (written.metadata.get(arrowKeys.record) !== name || !/^\d{1,9}$/.test(theirs) || Number(theirs) > version) {
    throw new PretrainZeroError('MESSAGE_FOREIGN', `the message holds ${found}; ${own}, is read here`);
  }
  const conflict = schemaConflict(fields, written.fields, Number(theirs) === version);
  if (conflict !== null) throw new PretrainZeroError('MESSAGE_FOREIGN', `the message holds ${found}; ${own}, is read here, and ${conflict}`);
}
