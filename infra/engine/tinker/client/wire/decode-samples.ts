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
  let tokens: number[] = [];
  let logprobs: number[] = [];
  readFields(sequence, {
    1: (reader) => (reason = reader.int32()),
    2: (reader) => (tokens = Array.from(int32sIn(reader.bytes()))),
    3: (reader) => (logprobs = Array.from(float32sIn(reader.bytes()))),
  });
  return { tokens, logprobs, finishReason: reason === length ? 'length' : 'stop' };
}
