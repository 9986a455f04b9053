/** How work is cut into passes over the model. Nothing can go wrong. */
import type { ModelConfig } from '../../model-files/model-config.ts';

interface PassLimits {
  readonly tokens: number;
  /** Of activations on the device. */
  readonly bytes: number;
}

/** Keys and values of prompts and open samples together; a request that needs more decodes fewer rows at once, one sample at least. */
export const samplingCacheBytes = 2 ** 30;

/** More is not quicker, takes more memory, and leaves less to share among threads. */
const cpuLimits: PassLimits = { tokens: 1024, bytes: 2 ** 29 };
/** An operation takes hardly longer with more rows. */
const gpuLimits: PassLimits = { tokens: 4096, bytes: 2 ** 31 };

/** Positions that one pass takes: as many as are quick and fit. A function of the model and of whether it is on a GPU alone, so that results are. */
export function passTokens({ layers, width, heads, headDim, ffnWidth, experts }: ModelConfig, isOnGpu: boolean): number {
  const inner = experts === null ? ffnWidth : Math.max(ffnWidth, experts.perToken * experts.width);
  const floats = layers * (3 * width + heads * headDim + 3 * inner);
  const { tokens, bytes } = isOnGpu ? gpuLimits : cpuLimits;
  return Math.min(tokens, Math.max(128, Math.floor(bytes / (4 * floats))));
}
