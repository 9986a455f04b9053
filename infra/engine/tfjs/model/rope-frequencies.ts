/**
 * Inverse frequencies of the rotary embedding, scaled as Hugging Face transformers 5 scales them, in its float32 steps: a rounding
 * more or less is a visible angle thousands of positions on. In: a model's config. Out: one number a pair. Nothing can go wrong.
 */
import type { ModelConfig } from '../../model-files/model-config.ts';
import type { RopeScaling } from '../../model-files/rope-config.ts';

export interface RopeFrequencies {
  /** [headDim / 2], radians a position. */
  readonly inverse: Float32Array;
  /** Multiplied into cosines and sines. */
  readonly attentionFactor: number;
}

const { fround } = Math;

export function ropeFrequencies({ headDim, ropeTheta, ropeScaling }: Pick<ModelConfig, 'headDim' | 'ropeTheta' | 'ropeScaling'>): RopeFrequencies {
  const periods = Float32Array.from({ length: headDim / 2 }, (_, i) => fround(ropeTheta) ** fround((2 * i) / headDim));
  const inverse = periods.map((period) => 1 / period);
  switch (ropeScaling?.kind) {
    case undefined:
    case 'dynamic': // changes nothing within the model's positions
      return { inverse, attentionFactor: 1 };
    case 'linear':
      return { inverse: inverse.map((frequency) => frequency / ropeScaling.factor), attentionFactor: 1 };
    case 'llama3':
      return { inverse: inverse.map((frequency) => llama3(frequency, ropeScaling)), attentionFactor: 1 };
    case 'yarn':
      return { inverse: yarn(periods, ropeTheta, ropeScaling), attentionFactor: ropeScaling.attentionFactor };
  }
}

/** Of a layer without RoPE: no position turns anything. */
export function noRopeFrequencies(headDim: number): RopeFrequencies {
  return { inverse: new Float32Array(headDim / 2), attentionFactor: 1 };
}

function llama3(frequency: number, scaling: RopeScaling & { readonly kind: 'llama3' }): number {
  const { factor, lowFrequencyFactor, highFrequencyFactor, originalPositions } = scaling;
  const wave = fround(fround(2 * Math.PI) / frequency); // positions
  if (wave > fround(originalPositions / lowFrequencyFactor)) return frequency / factor;
  if (wave < fround(originalPositions / highFrequencyFactor)) return frequency;
  const share = fround(fround(fround(originalPositions / wave) - lowFrequencyFactor) / (highFrequencyFactor - lowFrequencyFactor));
  return fround(fround(fround(1 - share) * frequency) / factor) + fround(share * frequency);
}

function yarn(periods: Float32Array, theta: number, scaling: RopeScaling & { readonly kind: 'yarn' }): Float32Array {
  const { factor, betaFast, betaSlow, truncate, originalPositions } = scaling;
  const headDim = 2 * periods.length;
  const pairOf = (rotations: number): number => (headDim * Math.log(originalPositions / (rotations * 2 * Math.PI))) / (2 * Math.log(theta));
  const first = Math.max(0, truncate ? Math.floor(pairOf(betaFast)) : pairOf(betaFast));
  const last = Math.min(headDim - 1, truncate ? Math.ceil(pairOf(betaSlow)) : pairOf(betaSlow));
  const length = first === last ? 0.001 : last - first;
  return periods.map((period, pair) => {
    const kept = fround(1 - clamp(fround(fround(pair - fround(first)) / fround(length))));
    const stretched = fround(1 / fround(factor * period));
    return fround(stretched * fround(1 - kept)) + fround(fround(1 / period) * kept);
  });
}

function clamp(value: number): number {
  return Math.min(1, Math.max(0, value));
}
