/** How work is cut into passes over the model. Nothing can go wrong. */
import type { ModelConfig } from '../../model-files/model-config.ts';

const mostPassTokens = 1024; // more is not quicker, takes more memory, and leaves less to share among threads
const activationBytes = 2 ** 29; // of one pass on the device

/** Keys and values of prompts and open samples together; a request that needs more decodes fewer rows at once, one sample at least. */
export const samplingCacheBytes = 2 ** 30;

/** Positions that one pass takes: as many as are quick and fit. A function of the model alone, so that results are. */
export function passTokens({ layers, width, heads, headDim, ffnWidth, experts }: ModelConfig): number {
  const inner = experts === null ? ffnWidth : Math.max(ffnWidth, experts.perToken * experts.width);
  const floats = layers * (3 * width + heads * headDim + 3 * inner);
  return Math.min(mostPassTokens, Math.max(128, Math.floor(activationBytes / (4 * floats))));
}
