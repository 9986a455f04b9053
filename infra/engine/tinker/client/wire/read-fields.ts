/**
 * Walks the fields of one protobuf message. In: its bytes, and what to do with each known field. Out: nothing; unknown fields are passed over. Fails with the library's error where the bytes are no
 * message.
 */
import { BinaryReader } from '@bufbuild/protobuf/wire';

/** Must read the field's value. */
export type FieldReaders = Readonly<Record<number, (reader: BinaryReader) => void>>;

export function readFields(bytes: Uint8Array, fields: FieldReaders): void {
  const reader = new BinaryReader(bytes);
  while (reader.pos < reader.len) {
    const [field, type] = reader.tag();
    const read = fields[field];
    if (read === undefined) reader.skip(type, field);
    else read(reader);
  }
}
