/**
 * The rows of a batch. In: a definition's fields, the writer's, which agree but for nullable fields that the writer did not have, and the batch's nodes and buffers.
 * Out: the rows as they were written, with null for what is missing. Throws RangeError where lengths, offsets or UTF-8 are broken: nothing is read beyond a buffer, and
 * no more values are made than the buffers have room for.
 */
import type { Field, Fields } from '../field.ts';
import type { IpcBatch, IpcNode } from './ipc-batch.ts';
import type { WrittenField } from './written-schema.ts';

export type ArrowRow = Readonly<Record<string, unknown>>;

export function arrowRows(fields: Fields, { schema, rows, nodes, buffers }: IpcBatch): ArrowRow[] {
  const cursor = new BatchCursor(nodes, buffers);
  const result = structRows(fields, schema.fields, rows, cursor);
  cursor.requireEnd();
  return result;
}

/** Nodes and buffers in the order of the schema, depth first. */
class BatchCursor {
  readonly #nodes: readonly IpcNode[];
  readonly #buffers: readonly Uint8Array[];
  #node = 0;
  #buffer = 0;

  constructor(nodes: readonly IpcNode[], buffers: readonly Uint8Array[]) {
    this.#nodes = nodes;
    this.#buffers = buffers;
  }

  node(length: number): IpcNode {
    const node = this.#nodes[this.#node++];
    if (node?.length !== length) throw new RangeError(`a column has ${node?.length ?? 0} values, not ${length}`);
    return node;
  }

  /** A buffer of at least so many bytes. */
  buffer(bytes: number): Uint8Array {
    const buffer = this.#buffers[this.#buffer++];
    if (buffer === undefined || buffer.length < bytes) throw new RangeError(`a buffer has ${buffer?.length ?? 0} bytes of ${bytes}`);
    return buffer;
  }

  requireEnd(): void {
    if (this.#node !== this.#nodes.length || this.#buffer !== this.#buffers.length) throw new RangeError('the batch has columns that the schema has not');
  }
}

function structRows(fields: Fields, written: readonly WrittenField[], length: number, cursor: BatchCursor): ArrowRow[] {
  const columns = new Map(written.map((field) => [field.name, columnValues(fields[field.name]!, field, length, cursor)]));
  const names = Object.keys(fields);
  return Array.from({ length }, (_, row) => {
    const values: Record<string, unknown> = {};
    for (const name of names) values[name] = columns.get(name)?.[row] ?? null;
    return values;
  });
}

function columnValues(field: Field, written: WrittenField, length: number, cursor: BatchCursor): unknown[] {
  const { nullCount } = cursor.node(length);
  const validity = cursor.buffer(nullCount > 0 ? (length + 7) >> 3 : 0);
  const values = presentValues(field.type === 'nullable' ? field.of : field, written, length, cursor);
  if (nullCount === 0) return values;
  if (!written.nullable) throw new RangeError(`the field ${written.name} has nulls`);
  return values.map((value, i) => (bit(validity, i) ? value : null));
}

/** Values of all places; those of null places mean nothing. */
function presentValues(field: Field, written: WrittenField, length: number, cursor: BatchCursor): unknown[] {
  switch (field.type) {
    case 'utf8':
    case 'enum': {
      const offsets = offsetsOf(cursor, length);
      return texts(offsets, cursor.buffer(offsets[length]!));
    }
    case 'bool': {
      const bits = cursor.buffer((length + 7) >> 3);
      return Array.from({ length }, (_, i) => bit(bits, i));
    }
    case 'int32':
    case 'float32':
    case 'float64':
      return plain(typedValues(field.type, length, cursor), 0, length);
    case 'int53':
      return Array.from(typed(BigInt64Array, cursor.buffer(8 * length), length), Number);
    case 'list': {
      const offsets = offsetsOf(cursor, length);
      if (field.of.type === 'int32' || field.of.type === 'float32' || field.of.type === 'float64') return numberLists(field.of.type, offsets, cursor);
      const elements = columnValues(field.of, written.children[0]!, offsets[length]!, cursor);
      return Array.from({ length }, (_, i) => elements.slice(offsets[i], offsets[i + 1]));
    }
    case 'struct':
      return structRows(field.fields, written.children, length, cursor);
    case 'nullable':
      throw new RangeError('a nullable field of a nullable field');
  }
}

type NumberType = 'int32' | 'float32' | 'float64';

/** Lists of token ids and log-probabilities, most of a message: straight from the buffer. */
function numberLists(type: NumberType, offsets: Int32Array, cursor: BatchCursor): number[][] {
  const total = offsets.at(-1)!;
  if (cursor.node(total).nullCount > 0) throw new RangeError('a list has nulls');
  cursor.buffer(0); // validity
  const values = typedValues(type, total, cursor);
  return Array.from({ length: offsets.length - 1 }, (_, i) => plain(values, offsets[i]!, offsets[i + 1]!));
}

function typedValues(type: NumberType, length: number, cursor: BatchCursor): Int32Array | Float32Array | Float64Array {
  if (type === 'int32') return typed(Int32Array, cursor.buffer(4 * length), length);
  if (type === 'float32') return typed(Float32Array, cursor.buffer(4 * length), length);
  return typed(Float64Array, cursor.buffer(8 * length), length);
}

/** length + 1 offsets that begin at 0 and never fall. */
function offsetsOf(cursor: BatchCursor, length: number): Int32Array {
  const buffer = cursor.buffer(length === 0 ? 0 : 4 * (length + 1)); // a writer may leave out the offsets of no values
  if (buffer.length < 4) return new Int32Array(1);
  const offsets = typed(Int32Array, buffer, length + 1);
  if (offsets[0] !== 0) throw new RangeError('offsets do not begin at 0');
  for (let i = 0; i < length; i++) if (offsets[i + 1]! < offsets[i]!) throw new RangeError('offsets fall');
  return offsets;
}

interface TypedArrayOf<T> {
  readonly BYTES_PER_ELEMENT: number;
  new (buffer: ArrayBufferLike, byteOffset: number, length: number): T;
}

/** A view of a buffer, or of a copy where its place does not allow one. */
function typed<T>(of: TypedArrayOf<T>, bytes: Uint8Array, length: number): T {
  if (bytes.byteOffset % of.BYTES_PER_ELEMENT === 0) return new of(bytes.buffer, bytes.byteOffset, length);
  return new of(new Uint8Array(bytes).buffer, 0, length); // not slice: a Buffer's gives the same bytes again
}

function plain(values: Int32Array | Float32Array | Float64Array, start: number, end: number): number[] {
  const numbers = new Array<number>(end - start); // at its size at once: growing costs more than the values
  for (let i = start; i < end; i++) numbers[i - start] = values[i]!;
  return numbers;
}

function bit(bits: Uint8Array, i: number): boolean {
  return ((bits[i >> 3] ?? 0) & (1 << (i & 7))) !== 0;
}

/** Keeps a byte order mark; throws on what is no UTF-8. */
const decoder = new TextDecoder('utf-8', { ignoreBOM: true, fatal: true });

function texts(offsets: Int32Array, bytes: Uint8Array): string[] {
  const length = offsets.length - 1;
  return Array.from({ length }, (_, i) => decoder.decode(bytes.subarray(offsets[i], offsets[i + 1])));
}
