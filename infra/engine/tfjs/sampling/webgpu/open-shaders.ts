/** The shaders of a model's passes, compiled. In: a device, a model's shape. Out: pipelines. Wrong: ENGINE_FAILED where the device refuses one, told with the next values read. */
import type { ModelConfig } from '../../../model-files/model-config.ts';
import type { GpuDevice, GpuPipeline } from '../../backend/gpu.ts';
import { attendShader } from './shaders/attend.ts';
import { drawShader } from './shaders/draw.ts';
import { multiplyShader } from './shaders/multiply.ts';
import { placeHeadsShader } from './shaders/place-heads.ts';
import { rmsNormShader } from './shaders/rms-norm.ts';
import { swiGluShader } from './shaders/swi-glu.ts';

/** Rows that a workgroup multiplies at once, in passes of one row and of more. */
export const rowsOfMany = 8;

export interface Shaders {
  readonly rmsNorm: GpuPipeline;
  readonly multiplyOne: GpuPipeline;
  readonly multiplyMany: GpuPipeline;
  readonly placeHeads: GpuPipeline;
  readonly attend: GpuPipeline;
  readonly swiGlu: GpuPipeline;
  readonly draw: GpuPipeline;
}

export function openShaders(device: GpuDevice, config: ModelConfig): Shaders {
  const compile = (code: string): GpuPipeline => device.createComputePipeline({ layout: 'auto', compute: { module: device.createShaderModule({ code }), entryPoint: 'main' } });
  return {
    rmsNorm: compile(rmsNormShader(config.width, config.rmsNormEps)),
    multiplyOne: compile(multiplyShader(1)),
    multiplyMany: compile(multiplyShader(rowsOfMany)),
    placeHeads: compile(placeHeadsShader(config)),
    attend: compile(attendShader(config)),
    swiGlu: compile(swiGluShader(config.ffnWidth)),
    draw: compile(drawShader(config.vocabularySize)),
  };
}
