/**
 * Thrift's compact protocol, as Parquet's footer and page headers are written. In: bytes. Out: a struct and where it ended. Fails with a plain Error on anything
 * that does not fit into the bytes, and on more than a million values: a struct takes a hundred times the byte that it may be written in.
 */
export type ThriftValue = boolean | number | bigint | Uint8Array | readonly ThriftValue[] | ThriftStruct;
export type ThriftStruct = ReadonlyMap<number, ThriftValue>;

const maxDepth = 32;
const maxValues = 1 << 20; // of one call; a footer of 5,000 row groups has some 500,000

export function readThrift(bytes: Uint8Array, offset = 0): { readonly value: ThriftStruct; readonly end: number } {
  const reader = new CompactReader(bytes, offset);
  return { value: reader.struct(0), end: reader.at };
}

class CompactReader {
  readonly #bytes: Uint8Array;
  at: number;
  #values = 0;

  constructor(bytes: Uint8Array, at: number) {
    this.#bytes = bytes;
    this.at = at;
  }

  struct(depth: number): ThriftStruct {
    if (depth > maxDepth) throw new Error('thrift: nested too deep');
    const fields = new Map<number, ThriftValue>();
    for (let id = 0; ; ) {
      const head = this.#byte();
      if (head === 0) return fields;
      id = head >>> 4 === 0 ? Number(this.#zigZag()) : id + (head >>> 4);
      fields.set(id, this.#value(head & 15, depth));
    }
  }

  #value(type: number, depth: number): ThriftValue {
    if (++this.#values > maxValues) throw new Error(`thrift: more than ${maxValues} values`);
    switch (type) {
      case 1:
        return true;
      case 2:
        return false;
      case 3:
        return (this.#byte() << 24) >> 24;
      case 4:
      case 5:
        return Number(this.#zigZag());
      case 6:
        return this.#zigZag();
      case 7:
        return this.#double();
      case 8:
        return this.#binary();
      case 9:
      case 10:
        return this.#list(depth);
      case 12:
        return this.struct(depth + 1);
      default:
        throw new Error(`thrift: type ${type}`);
    }
  }

  #list(depth: number): readonly ThriftValue[] {
    if (depth > maxDepth) throw new Error('thrift: nested too deep');
    const head = this.#byte();
    const size = head >>> 4 === 15 ? Number(this.#varInt()) : head >>> 4;
    if (size > this.#bytes.length - this.at) throw new Error('thrift: a list longer than the bytes');
    if (size > maxValues) throw new Error(`thrift: more than ${maxValues} values`);
    const values: ThriftValue[] = [];
    const type = head & 15;
    for (let i = 0; i < size; i++) values.push(type === 1 || type === 2 ? this.#byte() === 1 : this.#value(type, depth + 1));
    return values;
  }

  #binary(): Uint8Array {
    const size = Number(this.#varInt());
    if (size > this.#bytes.length - this.at) throw new Error('thrift: a text longer than the bytes');
    this.at += size;
    return this.#bytes.subarray(this.at - size, this.at);
  }

  #double(): number {
    if (this.at + 8 > this.#bytes.length) throw new Error('thrift: the bytes end');
    this.at += 8;
    return new DataView(this.#bytes.buffer, this.#bytes.byteOffset + this.at - 8, 8).getFloat64(0, true);
  }

  #byte(): number {
    const byte = this.#bytes[this.at++];
    if (byte === undefined) throw new Error('thrift: the bytes end');
    return byte;
  }

  #varInt(): bigint {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = this.#byte();
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return value;
    }
    throw new Error('thrift: a number of more than 64 bits');
  }

  #zigZag(): bigint {
    const value = this.#varInt();
    return (value >> 1n) ^ -(value & 1n);
  }
}

/** A whole number of a struct, in 0 to 2^53; null where the field is not there. Fails on any other value. */
export function numberField(struct: ThriftStruct, id: number): number | null {
  const value = struct.get(id);
  if (value === undefined) return null;
  const number = typeof value === 'bigint' || typeof value === 'number' ? Number(value) : NaN;
  if (!Number.isSafeInteger(number) || number < 0) throw new Error(`thrift: field ${id} is no count`);
  return number;
}

export function structField(struct: ThriftStruct, id: number): ThriftStruct | null {
  const value = struct.get(id);
  return value instanceof Map ? (value as ThriftStruct) : null;
}

export function listField(struct: ThriftStruct, id: number): readonly ThriftValue[] {
  const value = struct.get(id);
  return Array.isArray(value) ? (value as readonly ThriftValue[]) : [];
}

export function textField(struct: ThriftStruct, id: number): string {
  const value = struct.get(id);
  return value instanceof Uint8Array ? new TextDecoder().decode(value) : '';
}
