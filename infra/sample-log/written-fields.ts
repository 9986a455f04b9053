/**
 * Whether a Parquet file holds a record as it is defined here, or as an older version had it. In: the definition, the file's metadata, its name for messages. Out: names of the fields that it was written with; what is
 * not among them has come since, and is null in its rows. Can go wrong: RECORD_INVALID for another record, a newer version, or a file that lacks a field which is never null.
 */
import type { FileMetaData } from 'hyparquet';
import { parquetKeys } from '../../schemas/parquet-schema.ts';
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';
import type { RecordDefinition } from '../../schemas/record-definition.ts';

export function writtenFields(definition: RecordDefinition, metadata: FileMetaData, file: string): ReadonlySet<string> {
  const of = (key: string) => metadata.key_value_metadata?.find((pair) => pair.key === key)?.value;
  const name = of(parquetKeys.record) ?? 'an unnamed record';
  const version = of(parquetKeys.version) ?? 'unknown';
  const written = new Set(childNames(metadata));
  const lacking = Object.entries(definition.fields).filter(([field, { type }]) => type !== 'nullable' && !written.has(field));
  const older = Number(version) >= 1 && Number(version) < definition.version && lacking.length === 0;
  if (name === definition.name && (older || version === String(definition.version))) return written;
  const newer = Number(version) > definition.version ? '; a newer pretrainzero wrote it' : '';
  const what = `the file holds ${name}, version ${version}, not ${definition.name}, version ${definition.version}${newer}`;
  throw new PretrainZeroError('RECORD_INVALID', what, { file });
}

/** Columns of the file at the top, in order. */
function childNames({ schema: [root, ...elements] }: FileMetaData): string[] {
  const names: string[] = [];
  let place = 0;
  for (let child = 0; child < (root?.num_children ?? 0); child++) {
    names.push(elements[place]?.name ?? '');
    for (let open = 1; open > 0; place++) open += (elements[place]?.num_children ?? 0) - 1;
  }
  return names;
}
