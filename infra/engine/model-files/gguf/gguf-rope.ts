/**
 * The scaled rotary embedding of a GGUF file, as llama.cpp computes it. In: metadata, and the tensor `rope_freqs.weight` where the file has one. Out: the fields of a
 * Hugging Face config that mean the same. Wrong: MODEL_INVALID for a missing or senseless field, MODEL_UNSUPPORTED, by the name of field or tensor, for
 * what none of these fields can say.
 */
import { shown, type ConfigReader } from '../config-reader.ts';
import { elementCount } from '../host-tensor.ts';
import { openToRead } from '../read-fully.ts';
import type { GgufFile } from './read-gguf-file.ts';
import { readGgufTensor } from './read-gguf-tensor.ts';

/** Of each pair of a head, what its inverse frequency is divided by. */
export const ropeDivisorsName = 'rope_freqs.weight';

/** Of Llama 3.1, 3.2 and 3.3. The file holds only what follows from them and the factor. */
const llama3 = { lowFrequencyFactor: 1, highFrequencyFactor: 4, originalPositions: 8192 };
const divisorTolerance = 1e-5; // of float32 arithmetic

export interface GgufRope {
  readonly rope_theta: number;
  readonly rope_scaling: Readonly<Record<string, unknown>> | null;
}

/** @param headDim rotated positions of a head @throws MODEL_INVALID, MODEL_UNSUPPORTED */
export async function ggufRope(file: GgufFile, headDim: number): Promise<GgufRope> {
  const { metadata } = file;
  const key = (field: string): string => `${metadata.value('general.architecture') as string}.rope.${field}`;
  const theta = metadata.positive(key('freq_base'), 10_000);
  const scaling = metadataScaling(metadata, key);
  const divisors = await readDivisors(file, headDim);
  if (divisors === null) return { rope_theta: theta, rope_scaling: scaling };
  if (scaling !== null) throw metadata.unsupported(ropeDivisorsName, `it comes on top of a scaling of the kind "${scaling.rope_type as string}"`);
  const originalPositions = metadata.has(key('scaling.original_context_length')) ? metadata.count(key('scaling.original_context_length')) : llama3.originalPositions;
  const factor = divisors.reduce((most, divisor) => Math.max(most, divisor), 0);
  for (const [pair, divisor] of divisors.entries()) {
    const expected = llama3Divisor(theta ** ((2 * pair) / headDim), factor, originalPositions);
    if (!(Math.abs(divisor - expected) <= divisorTolerance * expected)) {
      throw metadata.unsupported(ropeDivisorsName, `pair ${pair} is divided by ${divisor}, where Llama 3 with a factor of ${factor} has ${expected}`);
    }
  }
  const { lowFrequencyFactor, highFrequencyFactor } = llama3;
  const fields = { factor, low_freq_factor: lowFrequencyFactor, high_freq_factor: highFrequencyFactor, original_max_position_embeddings: originalPositions };
  return { rope_theta: theta, rope_scaling: factor === 1 ? null : { rope_type: 'llama3', ...fields } };
}

/** A factor without a kind is linear, as in llama.cpp. */
function metadataScaling(metadata: ConfigReader, key: (field: string) => string): Record<string, unknown> | null {
  const kind = metadata.has(key('scaling.type')) ? metadata.value(key('scaling.type')) : 'linear';
  if (kind === 'none') return null;
  if (kind === 'linear') {
    const factor = metadata.positive(key('scaling.factor'), metadata.positive(key('scale_linear'), 1));
    return factor === 1 ? null : { rope_type: 'linear', factor };
  }
  if (kind !== 'yarn') throw metadata.unsupported(key('scaling.type'), `${shown(kind)} is not one of none, linear, yarn`);
  const usualPositions = metadata.count(`${metadata.value('general.architecture') as string}.context_length`);
  const positions = key('scaling.original_context_length');
  return {
    rope_type: 'yarn',
    factor: metadata.positive(key('scaling.factor')),
    original_max_position_embeddings: metadata.has(positions) ? metadata.count(positions) : usualPositions,
    beta_fast: metadata.positive(key('scaling.yarn_beta_fast'), 32),
    beta_slow: metadata.positive(key('scaling.yarn_beta_slow'), 1),
  };
}

async function readDivisors({ path, metadata, tensors }: GgufFile, headDim: number): Promise<Float32Array | null> {
  const tensor = tensors.get(ropeDivisorsName);
  if (tensor === undefined) return null;
  if (metadata.value('general.architecture') !== 'llama') throw metadata.unsupported(ropeDivisorsName, 'only files of the architecture "llama" may have it');
  if (tensor.shape.join() !== String(headDim / 2)) throw metadata.invalid(ropeDivisorsName, `the tensor has shape [${tensor.shape.join(', ')}], not [${headDim / 2}]`);
  const divisors = new Float32Array(elementCount(tensor.shape));
  const handle = await openToRead(path);
  try {
    await readGgufTensor(handle, path, tensor, divisors);
  } finally {
    await handle.close();
  }
  return divisors;
}

/** @param period 1 / inverse frequency, positions a radian */
function llama3Divisor(period: number, factor: number, originalPositions: number): number {
  const { lowFrequencyFactor, highFrequencyFactor } = llama3;
  const rotations = originalPositions / (2 * Math.PI * period);
  if (rotations > highFrequencyFactor) return 1;
  if (rotations < lowFrequencyFactor) return factor;
  const share = (rotations - lowFrequencyFactor) / (highFrequencyFactor - lowFrequencyFactor);
  return 1 / ((1 - share) / factor + share);
}
