/**
 * The result of `asample`. In: protobuf. Out: its samples, in order. Wrong: the library's errors or RangeError where the bytes are something else.
 *
 * SampleResponse { 1 repeated Seq { 1 stop_reason (0 stop, 1 length); 2 tokens int32[]; 3 logprobs float32[] } }
 */
import type { Sample } from '../../../../../operators/ports/engine.ts';
import { float32sIn, int32sIn } from './packed.ts';
import { readFields } from './read-fields.ts';

const length = 1;

export function decodeSamples(bytes: Uint8Array): Sample[] {
  const samples: Sample[] = [];
  readFields(bytes, { 1: (sequence) => samples.push(sampleOf(sequence.bytes())) });
  return samples;
}

function sampleOf(sequence: Uint8Array): Sample {
  let reason = 0;
  let ids: Int32Array = new Int32Array();
  let floats: Float32Array = new Float32Array();
  readFields(sequence, {
    1: (reader) => (reason = reader.int32()),
    2: (reader) => (ids = int32sIn(reader.bytes())),
    3: (reader) => (floats = float32sIn(reader.bytes())),
  });
  return { tokens: filled(new Array<number>(ids.length), ids), logprobs: filled(new Array<number>(floats.length), floats), finishReason: reason === length ? 'length' : 'stop' };
}

/** Several times faster than `Array.from`, which asks the array's iterator. @param numbers made where it is called, as an array of whole numbers is kept otherwise than one of fractions */
function filled(numbers: number[], array: Int32Array | Float32Array): number[] {
  for (let i = 0; i < array.length; i++) numbers[i] = array[i]!;
  return numbers;
}
