import type { ModelConfig } from '../../../model-files/model-config.ts';
import { threads } from './shaders/pass-struct.ts';

/** Whether the shaders compute a model: one without experts, whose rows are whole vectors of four, with heads of no more dimensions than a workgroup has threads. */
export function fitsShaders({ experts, width, ffnWidth, heads, headDim }: ModelConfig): boolean {
  return experts === null && headDim <= threads && [width, ffnWidth, heads * headDim].every((columns) => columns % 4 === 0);
}
