/**
 * Checked reading of FlatBuffers, in which Arrow's metadata is written. In: bytes that may be anything. Out: the fields of a table. Every access is held within the
 * bytes (RangeError otherwise) and a vector cannot claim more elements than they have room for, so nothing here loops or allocates beyond them.
 */
/** Names of fields and keys of metadata: the longest of ours has some 30. */
const maxTextBytes = 1000;
const maxTables = 1000;

export interface FlatTable {
  readonly view: DataView;
  readonly at: number;
}

export function rootTable(bytes: Uint8Array): FlatTable {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { view, at: view.getUint32(0, true) };
}

/** Where a field's value stands; null where the table has the default. */
function place({ view, at }: FlatTable, index: number): number | null {
  const vtable = at - view.getInt32(at, true);
  const entry = 4 + 2 * index;
  if (entry >= view.getUint16(vtable, true)) return null;
  const offset = view.getUint16(vtable + entry, true);
  return offset === 0 ? null : at + offset;
}

export function flatByte(table: FlatTable, index: number): number {
  const at = place(table, index);
  return at === null ? 0 : table.view.getUint8(at);
}

export function flatInt16(table: FlatTable, index: number): number {
  const at = place(table, index);
  return at === null ? 0 : table.view.getInt16(at, true);
}

export function flatInt32(table: FlatTable, index: number): number {
  const at = place(table, index);
  return at === null ? 0 : table.view.getInt32(at, true);
}

/** A length, count or offset: a safe integer that is not negative. */
export function flatLength(table: FlatTable, index: number): number {
  const at = place(table, index);
  return at === null ? 0 : lengthAt(table.view, at);
}

export function lengthAt(view: DataView, at: number): number {
  const value = view.getBigInt64(at, true);
  if (value < 0n || value > BigInt(Number.MAX_SAFE_INTEGER)) throw new RangeError(`${value} is no length`);
  return Number(value);
}

export function flatChild(table: FlatTable, index: number): FlatTable | null {
  const at = place(table, index);
  return at === null ? null : { view: table.view, at: at + table.view.getUint32(at, true) };
}

export function flatText(table: FlatTable, index: number): string | null {
  const vector = flatVector(table, index, 1);
  if (vector === null) return null;
  if (vector.length > maxTextBytes) throw new RangeError(`a name of ${vector.length} bytes`);
  const { view } = table;
  return new TextDecoder().decode(new Uint8Array(view.buffer, view.byteOffset + vector.at, vector.length));
}

export interface FlatVector {
  readonly at: number;
  readonly length: number;
}

/** A vector of inline elements of `elementBytes` each. */
export function flatVector(table: FlatTable, index: number, elementBytes: number): FlatVector | null {
  const at = place(table, index);
  if (at === null) return null;
  const { view } = table;
  const start = at + view.getUint32(at, true);
  const length = view.getUint32(start, true);
  if (start + 4 + length * elementBytes > view.byteLength) throw new RangeError(`a vector of ${length} elements does not fit`);
  return { at: start + 4, length };
}

export function flatTables(table: FlatTable, index: number): FlatTable[] {
  const vector = flatVector(table, index, 4);
  if (vector === null) return [];
  if (vector.length > maxTables) throw new RangeError(`a list of ${vector.length} tables`);
  const { view } = table;
  return Array.from({ length: vector.length }, (_, i) => {
    const at = vector.at + 4 * i;
    return { view, at: at + view.getUint32(at, true) };
  });
}
