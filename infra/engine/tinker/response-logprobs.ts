/** In: what a backend gives of one datum, of all its targets (JAX) or of those with a weight (FSDP, Megatron). Out: of the response alone. Fails with ENGINE_FAILED where there are too few. */
import { PretrainZeroError } from '../../../schemas/pretrain-zero-error.ts';

export function responseLogprobs(ofDatum: Float32Array, tokens: number): Float32Array {
  if (ofDatum.length < tokens) throw new PretrainZeroError('ENGINE_FAILED', `the server gave ${ofDatum.length} log-probabilities of a response of ${tokens} tokens`);
  return ofDatum.subarray(ofDatum.length - tokens);
}
