/**
 * As much of the protocol buffers' encoding as TensorBoard's events take. In: field numbers with values. Out: a message's bytes, or the varint of a field.
 * Fields that are missing are left out, as proto3 does with defaults. Pure.
 */
export type ProtobufField =
  | { readonly field: number; readonly varint: number } // a whole number from 0 to 2^53
  | { readonly field: number; readonly double: number }
  | { readonly field: number; readonly float: number }
  | { readonly field: number; readonly bytes: Uint8Array } // also a message within
  | { readonly field: number; readonly text: string };

const wireTypes = { varint: 0, fixed64: 1, bytes: 2, fixed32: 5 } as const;

export function protobufMessage(fields: readonly ProtobufField[]): Uint8Array {
  return Buffer.concat(fields.map(encodeField));
}

function encodeField(value: ProtobufField): Uint8Array {
  const tag = (wireType: number): Uint8Array => varint(value.field * 8 + wireType);
  if ('varint' in value) return Buffer.concat([tag(wireTypes.varint), varint(value.varint)]);
  if ('double' in value) return Buffer.concat([tag(wireTypes.fixed64), new Uint8Array(littleEndian(8, (view) => view.setFloat64(0, value.double, true)))]);
  if ('float' in value) return Buffer.concat([tag(wireTypes.fixed32), new Uint8Array(littleEndian(4, (view) => view.setFloat32(0, value.float, true)))]);
  const bytes = 'text' in value ? new TextEncoder().encode(value.text) : value.bytes;
  return Buffer.concat([tag(wireTypes.bytes), varint(bytes.length), bytes]);
}

function littleEndian(byteLength: number, write: (view: DataView) => void): ArrayBuffer {
  const buffer = new ArrayBuffer(byteLength);
  write(new DataView(buffer));
  return buffer;
}

function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 128) {
    bytes.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  return Uint8Array.from([...bytes, rest]);
}

/** The first varint of that field of a message; null where there is none, or the message is not one. */
export function readVarintField(message: Uint8Array, field: number): number | null {
  let at = 0;
  const next = (): number => {
    let value = 0;
    for (let scale = 1; at < message.length; scale *= 128) {
      const byte = message[at++]!;
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
    return NaN;
  };
  while (at < message.length) {
    const tag = next();
    const wireType = tag % 8;
    if (wireType === wireTypes.varint) {
      const value = next();
      if (Math.floor(tag / 8) === field) return Number.isNaN(value) ? null : value;
    } else if (wireType === wireTypes.fixed64) at += 8;
    else if (wireType === wireTypes.fixed32) at += 4;
    else if (wireType === wireTypes.bytes) {
      const length = next();
      at += length;
    } else return null;
  }
  return null;
}
