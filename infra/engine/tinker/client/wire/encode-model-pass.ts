/**
 * The body of `forward_backward`. In: a pass. Out: protobuf. Nothing can go wrong.
 *
 * ForwardBackwardRequest { 1 model_id; 2 seq_id; 3 repeated Datum; 4 loss_fn; 5 map<string, double> loss_fn_config; 6 forward_only }
 * Datum { 1 repeated Chunk { 1 EncodedText { 1 bytes } }; 2 map<string, Tensor> }, Tensor { 1 bytes dense; 3 dtype; 4 packed int64 shape }
 */
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import type { Datum, ModelPass } from './datum.ts';
import { bytesOf, int64Bytes } from './packed.ts';

const float32 = 1;
const int64 = 2;

export function encodeModelPass({ modelId, sequence, data, loss, lossSettings, forwardOnly }: ModelPass): Uint8Array<ArrayBuffer> {
  const out = new BinaryWriter();
  out.tag(1, WireType.LengthDelimited).string(modelId);
  out.tag(2, WireType.Varint).int64(sequence);
  for (const datum of data) writeDatum(out.tag(3, WireType.LengthDelimited).fork(), datum).join();
  out.tag(4, WireType.LengthDelimited).string(loss);
  for (const [name, value] of Object.entries(lossSettings)) {
    out.tag(5, WireType.LengthDelimited).fork();
    out.tag(1, WireType.LengthDelimited).string(name).tag(2, WireType.Bit64).double(value).join();
  }
  if (forwardOnly) out.tag(6, WireType.Varint).bool(true);
  return out.finish();
}

function writeDatum(out: BinaryWriter, { inputTokens, targetTokens, logprobs, advantages, weights }: Datum): BinaryWriter {
  out.tag(1, WireType.LengthDelimited).fork(); // chunk
  out.tag(1, WireType.LengthDelimited).fork(); // encoded text
  out.tag(1, WireType.LengthDelimited).bytes(bytesOf(inputTokens)).join().join();
  writeTensor(out, 'target_tokens', int64Bytes(targetTokens), int64, targetTokens.length);
  writeTensor(out, 'logprobs', bytesOf(logprobs), float32, logprobs.length);
  writeTensor(out, 'advantages', bytesOf(advantages), float32, advantages.length);
  writeTensor(out, 'weights', bytesOf(weights), float32, weights.length);
  return out;
}

function writeTensor(out: BinaryWriter, name: string, dense: Uint8Array, dtype: number, length: number): void {
  out.tag(2, WireType.LengthDelimited).fork();
  out.tag(1, WireType.LengthDelimited).string(name);
  out.tag(2, WireType.LengthDelimited).fork();
  out.tag(1, WireType.LengthDelimited).bytes(dense).tag(3, WireType.Varint).int32(dtype);
  out.tag(4, WireType.LengthDelimited).fork().int64(length).join();
  out.join().join();
}
