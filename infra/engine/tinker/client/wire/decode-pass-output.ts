/**
 * The result of `forward_backward`. In: protobuf. Out: the log-probabilities of each datum's targets, and the server's metrics. Wrong: the library's errors, RangeError or TypeError where the bytes are
 * something else.
 *
 * ForwardBackwardOutput { 1 type; 2 repeated ArrayRecord { 1 tag; 2 map<string, BatchedTensor>; 3 num_datums }; 3 map<string, double> metrics }
 * BatchedTensor { 1 data; 2 offsets int64[n + 1] in bytes; 3 dtype; 4 trailing_shape }
 */
import { float32sIn, int64sIn } from './packed.ts';
import { readFields } from './read-fields.ts';

export interface PassOutput {
  /** One array a datum, in their order: of all its targets, or of those trained on alone, as the backend has it. */
  readonly logprobs: readonly Float32Array[];
  readonly metrics: ReadonlyMap<string, number>;
}

const wanted = 'logprobs';

export function decodePassOutput(bytes: Uint8Array): PassOutput {
  const logprobs: Float32Array[] = [];
  const metrics = new Map<string, number>();
  readFields(bytes, {
    2: (record) => logprobs.push(...logprobsOf(record.bytes())),
    3: (entry) => {
      let [name, value] = ['', 0];
      readFields(entry.bytes(), { 1: (reader) => (name = reader.string()), 2: (reader) => (value = reader.double()) });
      metrics.set(name, value);
    },
  });
  return { logprobs, metrics };
}

function logprobsOf(record: Uint8Array): Float32Array[] {
  let found: Float32Array[] = [];
  readFields(record, {
    2: (entry) => {
      let name = '';
      let tensor: Uint8Array = new Uint8Array();
      readFields(entry.bytes(), { 1: (reader) => (name = reader.string()), 2: (reader) => (tensor = reader.bytes()) });
      if (name === wanted) found = slicesOf(tensor);
    },
  });
  return found;
}

function slicesOf(tensor: Uint8Array): Float32Array[] {
  let data: Uint8Array = new Uint8Array();
  let offsets: number[] = [];
  readFields(tensor, { 1: (reader) => (data = reader.bytes()), 2: (reader) => (offsets = int64sIn(reader.bytes())) });
  return offsets.slice(1).map((end, i) => float32sIn(data.subarray(offsets[i], end)));
}
