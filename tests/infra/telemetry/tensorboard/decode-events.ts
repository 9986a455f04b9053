/** Decodes TensorBoard's files, for tests: by the format's definition alone, and with nothing of the code that writes them. Throws where a file is not whole. */
export interface DecodedScalar {
  readonly step: number;
  readonly tag: string;
  readonly value: number;
  /** Seconds since 1970. */
  readonly wallTime: number;
}

type Field = readonly [number, number | Buffer];

/** Splits a message into its fields. */
function fieldsOf(message: Buffer): Field[] {
  const fields: Field[] = [];
  let at = 0;
  const varint = (): number => {
    let [value, shift] = [0n, 0n];
    for (;;) {
      const byte = message[at++];
      if (byte === undefined) throw new Error('a varint has no end');
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return Number(value);
      shift += 7n;
    }
  };
  while (at < message.length) {
    const tag = varint();
    const [field, wireType] = [tag >> 3, tag & 7];
    if (wireType === 0) fields.push([field, varint()]);
    else if (wireType === 1) fields.push([field, message.readDoubleLE((at += 8) - 8)]);
    else if (wireType === 5) fields.push([field, message.readFloatLE((at += 4) - 4)]);
    else if (wireType === 2) {
      const length = varint();
      fields.push([field, message.subarray(at, (at += length))]);
    } else throw new Error(`wire type ${wireType}`);
  }
  return fields;
}

const find = (fields: readonly Field[], number: number): number | Buffer | undefined => fields.find(([field]) => field === number)?.[1];
const numberOf = (fields: readonly Field[], number: number): number => Number(find(fields, number) ?? 0);
const bytesOf = (fields: readonly Field[], number: number): Buffer => (find(fields, number) as Buffer | undefined) ?? Buffer.alloc(0);

export function decodeEvents(file: Buffer): DecodedScalar[] {
  const scalars: DecodedScalar[] = [];
  for (let at = 0; at < file.length; ) {
    const length = Number(file.readBigUInt64LE(at));
    const event = fieldsOf(file.subarray(at + 12, at + 12 + length));
    at += 16 + length;
    if (at > file.length) throw new Error('the last record is torn');
    const [step, wallTime] = [numberOf(event, 2), numberOf(event, 1)];
    for (const [, value] of fieldsOf(bytesOf(event, 5))) {
      const fields = fieldsOf(value as Buffer);
      scalars.push({ step, wallTime, tag: bytesOf(fields, 1).toString(), value: numberOf(fields, 2) });
    }
  }
  return scalars;
}

/** What two runs alike have alike: all but the clock's part. */
export function withoutClock(scalars: readonly DecodedScalar[]): readonly Omit<DecodedScalar, 'wallTime'>[] {
  return scalars.filter(({ tag }) => !tag.startsWith('throughput/')).map(({ step, tag, value }) => ({ step, tag, value }));
}
