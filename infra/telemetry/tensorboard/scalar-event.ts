/**
 * TensorBoard's events (`tensorflow.Event`). In: the scalars of a step, with the moment it ended. Out: the event's bytes. Values are float32, as the format has
 * them. Pure.
 */
import { scalarTag, type Scalar } from '../scalars/scalar.ts';
import { protobufMessage, readVarintField, type ProtobufField } from './protobuf.ts';

/** Field numbers of `Event`, `Summary` and `Summary.Value`. */
const fields = { wallTime: 1, step: 2, fileVersion: 3, summary: 5, value: 1, tag: 1, simpleValue: 2 } as const;

export interface ScalarEvent {
  readonly step: number;
  /** Milliseconds since 1970. */
  readonly wallTimeMs: number;
  readonly scalars: readonly Scalar[];
}

/** The first event of a file. @param wallTimeMs milliseconds since 1970 */
export function versionEvent(wallTimeMs: number): Uint8Array {
  return protobufMessage([
    { field: fields.wallTime, double: wallTimeMs / 1000 },
    { field: fields.fileVersion, text: 'brain.Event:2' },
  ]);
}

export function scalarEvent({ step, wallTimeMs, scalars }: ScalarEvent): Uint8Array {
  const values = scalars.map((scalar): ProtobufField => ({ field: fields.value, bytes: valueMessage(scalar) }));
  return protobufMessage([
    { field: fields.wallTime, double: wallTimeMs / 1000 },
    { field: fields.step, varint: step },
    { field: fields.summary, bytes: protobufMessage(values) },
  ]);
}

function valueMessage(scalar: Scalar): Uint8Array {
  return protobufMessage([
    { field: fields.tag, text: scalarTag(scalar) },
    { field: fields.simpleValue, float: scalar.value },
  ]);
}

/** The step of an event; null for the first of a file, which has none. */
export function eventStep(event: Uint8Array): number | null {
  return readVarintField(event, fields.step);
}
