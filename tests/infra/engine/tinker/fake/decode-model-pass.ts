/** The body of `forward_backward`, as a server reads it. */
import { float32sIn, int32sIn, int64sIn } from '../../../../../infra/engine/tinker/client/wire/packed.ts';
import { readFields } from '../../../../../infra/engine/tinker/client/wire/read-fields.ts';

export interface ReadDatum {
  readonly inputTokens: readonly number[];
  readonly targetTokens: readonly number[];
  readonly logprobs: readonly number[];
  readonly advantages: readonly number[];
  readonly weights: readonly number[];
}

export interface ReadPass {
  readonly modelId: string;
  readonly sequence: number;
  readonly data: readonly ReadDatum[];
  readonly loss: string;
  readonly lossSettings: ReadonlyMap<string, number>;
  readonly forwardOnly: boolean;
}

export function decodeModelPass(bytes: Uint8Array): ReadPass {
  let [modelId, sequence, loss, forwardOnly] = ['', 0, '', false];
  const data: ReadDatum[] = [];
  const lossSettings = new Map<string, number>();
  readFields(bytes, {
    1: (reader) => (modelId = reader.string()),
    2: (reader) => (sequence = Number(reader.int64())),
    3: (reader) => data.push(readDatum(reader.bytes())),
    4: (reader) => (loss = reader.string()),
    5: (reader) => {
      let [name, value] = ['', 0];
      readFields(reader.bytes(), { 1: (entry) => (name = entry.string()), 2: (entry) => (value = entry.double()) });
      lossSettings.set(name, value);
    },
    6: (reader) => (forwardOnly = reader.bool()),
  });
  return { modelId, sequence, data, loss, lossSettings, forwardOnly };
}

function readDatum(bytes: Uint8Array): ReadDatum {
  const inputTokens: number[] = [];
  const tensors = new Map<string, readonly number[]>();
  readFields(bytes, {
    1: (chunk) => readFields(chunk.bytes(), { 1: (text) => readFields(text.bytes(), { 1: (tokens) => inputTokens.push(...int32sIn(tokens.bytes())) }) }),
    2: (reader) => {
      let name = '';
      let tensor: Uint8Array = new Uint8Array();
      readFields(reader.bytes(), { 1: (entry) => (name = entry.string()), 2: (entry) => (tensor = entry.bytes()) });
      tensors.set(name, readTensor(tensor));
    },
  });
  const of = (name: string): readonly number[] => {
    const values = tensors.get(name) ?? [];
    if (values.length !== inputTokens.length) throw new RangeError(`${name} has ${values.length} values for ${inputTokens.length} tokens`);
    return values;
  };
  return { inputTokens, targetTokens: of('target_tokens'), logprobs: of('logprobs'), advantages: of('advantages'), weights: of('weights') };
}

function readTensor(bytes: Uint8Array): readonly number[] {
  let dense: Uint8Array = new Uint8Array();
  let [dtype, shape] = [0, 0];
  readFields(bytes, {
    1: (reader) => (dense = reader.bytes()),
    3: (reader) => (dtype = reader.int32()),
    4: (reader) => {
      reader.uint32(); // bytes of the packed list, which has one element
      shape = Number(reader.int64());
    },
  });
  const values = dtype === 2 ? int64sIn(dense) : Array.from(float32sIn(dense));
  if (values.length !== shape) throw new RangeError(`a tensor of shape ${shape} has ${values.length} values`);
  return values;
}
