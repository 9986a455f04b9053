/** Results as a server sends them. */
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { bytesOf, int64Bytes } from '../../../../../infra/engine/tinker/client/wire/packed.ts';
import type { Sample } from '../../../../../operators/ports/engine.ts';

export function encodePassOutput(logprobs: readonly (readonly number[])[], metrics: Readonly<Record<string, number>> = {}): Uint8Array {
  const out = new BinaryWriter();
  out.tag(1, WireType.LengthDelimited).string('scalar');
  out.tag(2, WireType.LengthDelimited).fork();
  writeField(out, 'elementwise_loss', logprobs.map((values) => values.map((value) => -value)));
  writeField(out, 'logprobs', logprobs);
  out.tag(3, WireType.Varint).int32(logprobs.length).join();
  for (const [name, value] of Object.entries(metrics)) {
    out.tag(3, WireType.LengthDelimited).fork();
    out.tag(1, WireType.LengthDelimited).string(name).tag(2, WireType.Bit64).double(value).join();
  }
  return out.finish();
}

function writeField(out: BinaryWriter, name: string, arrays: readonly (readonly number[])[]): void {
  const offsets = [0];
  for (const array of arrays) offsets.push(offsets.at(-1)! + 4 * array.length);
  out.tag(2, WireType.LengthDelimited).fork();
  out.tag(1, WireType.LengthDelimited).string(name);
  out.tag(2, WireType.LengthDelimited).fork();
  out.tag(1, WireType.LengthDelimited).bytes(bytesOf(Float32Array.from(arrays.flat())));
  out.tag(2, WireType.LengthDelimited).bytes(int64Bytes(offsets));
  out.tag(3, WireType.Varint).int32(1).join().join();
}

export function encodeSamples(samples: readonly Sample[]): Uint8Array {
  const out = new BinaryWriter();
  for (const { tokens, logprobs, finishReason } of samples) {
    out.tag(1, WireType.LengthDelimited).fork();
    out.tag(1, WireType.Varint).int32(finishReason === 'length' ? 1 : 0);
    out.tag(2, WireType.LengthDelimited).bytes(bytesOf(Int32Array.from(tokens)));
    out.tag(3, WireType.LengthDelimited).bytes(bytesOf(Float32Array.from(logprobs))).join();
  }
  return out.finish();
}
