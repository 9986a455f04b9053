/**
 * What a pass dispatches, with its bindings made once: the layers, and the draw. In: shaders, buffers, weights on the device. Out: commands added to a compute pass. Wrong: what the
 * device refuses, told with the next values read.
 */
import { windowOfLayer } from '../../../model-files/layer-kinds.ts';
import { gpuBufferOf, type GpuBuffer, type GpuComputePass, type GpuDevice, type GpuPipeline } from '../../backend/gpu.ts';
import type { DenseWeights } from '../../model/feed-forward-block.ts';
import type { Linear } from '../../model/linear.ts';
import type { PolicyModel } from '../../model/policy-model.ts';
import type { LayerWeights } from '../../model/policy-weights.ts';
import { uniformBuffer } from './gpu-memory.ts';
import { rowsOfMany, type Shaders } from './open-shaders.ts';
import { columnsAtOnce } from './shaders/multiply.ts';
import { threads } from './shaders/pass-struct.ts';

/** [rows, columns] each, but the tables. */
export interface PassBuffers {
  readonly pass: GpuBuffer;
  readonly rows: GpuBuffer;
  readonly lists: GpuBuffer;
  readonly rotations: GpuBuffer;
  readonly draws: GpuBuffer;
  readonly drawn: GpuBuffer;
  readonly x: GpuBuffer;
  readonly normed: GpuBuffer;
  readonly qkv: GpuBuffer;
  readonly attended: GpuBuffer;
  readonly gate: GpuBuffer;
  readonly up: GpuBuffer;
  readonly logits: GpuBuffer;
  readonly cache: GpuBuffer;
}

/** @param rows of the pass; @param draws of the pass */
type Dispatch = (pass: GpuComputePass, rows: number, draws: number) => void;

export class PassPlan {
  readonly #device: GpuDevice;
  readonly #shaders: Shaders;
  readonly #buffers: PassBuffers;
  readonly #uniforms: GpuBuffer[] = [];
  readonly #small: readonly GpuBuffer[];
  readonly #layers: readonly Dispatch[];
  readonly #draw: readonly Dispatch[];

  /** @param small biases and head norms of each layer, as `placeHeadsShader` has them */
  constructor(device: GpuDevice, shaders: Shaders, buffers: PassBuffers, { weights, ropes }: PolicyModel, small: readonly GpuBuffer[]) {
    this.#device = device;
    this.#shaders = shaders;
    this.#buffers = buffers;
    this.#small = small;
    const kinds = [...new Set(ropes)];
    const toNormed = this.#rmsNorm();
    this.#layers = [
      ...weights.layers.flatMap((layer, index) => {
        const settings = this.#uniform(index, windowOfLayer(weights.config, index) ?? 0, kinds.indexOf(ropes[index]!));
        return this.#layer(layer, settings, this.#small[index]!, weights.config, toNormed);
      }),
      toNormed,
    ];
    this.#draw = [this.#multiply(weights.head, buffers.normed, buffers.logits, false), this.#drawTokens()];
  }

  /** From rows of x to their hidden states in `normed`. */
  layers(pass: GpuComputePass, rows: number): void {
    for (const dispatch of this.#layers) dispatch(pass, rows, 0);
  }

  /** From rows of `normed` to what was drawn. */
  draw(pass: GpuComputePass, rows: number, draws: number): void {
    for (const dispatch of this.#draw) dispatch(pass, rows, draws);
  }

  destroy(): void {
    for (const buffer of this.#uniforms) buffer.destroy();
  }

  #layer(layer: LayerWeights, settings: GpuBuffer, small: GpuBuffer, { heads, kvHeads, ffnWidth }: PolicyModel['weights']['config'], toNormed: Dispatch): Dispatch[] {
    const { x, normed, qkv, attended, gate, up, rows, lists, rotations, cache, pass: settingsOfPass } = this.#buffers;
    const { placeHeads, attend, swiGlu } = this.#shaders;
    const { gate: gateWeights, up: upWeights, down } = layer.feedForward as DenseWeights;
    return [
      toNormed,
      this.#multiply(layer.qkv, normed, qkv, false),
      this.#dispatch(placeHeads, [settings, rows, rotations, small, qkv, cache], (count) => [heads + 2 * kvHeads, count]),
      this.#dispatch(attend, [settings, rows, lists, qkv, cache, attended], (count) => [heads, count]),
      this.#multiply(layer.output, attended, x, true),
      toNormed,
      this.#multiply(gateWeights, normed, gate, false),
      this.#multiply(upWeights, normed, up, false),
      this.#dispatch(swiGlu, [settingsOfPass, gate, up], (count) => [Math.ceil(ffnWidth / threads), count]),
      this.#multiply(down, gate, x, true),
    ];
  }

  #rmsNorm(): Dispatch {
    return this.#dispatch(this.#shaders.rmsNorm, [this.#buffers.x, this.#buffers.normed], (count) => [count, 1]);
  }

  #multiply({ forward, inputs, outputs }: Linear, x: GpuBuffer, y: GpuBuffer, adds: boolean): Dispatch {
    const bound = [this.#buffers.pass, this.#uniform(inputs, outputs, adds ? 1 : 0), x, gpuBufferOf(forward), y];
    const columns = Math.ceil(outputs / columnsAtOnce);
    const one = this.#dispatch(this.#shaders.multiplyOne, bound, () => [columns, 1]);
    const many = this.#dispatch(this.#shaders.multiplyMany, bound, (count) => [columns, Math.ceil(count / rowsOfMany)]);
    return (pass, rows, draws) => (rows === 1 ? one : many)(pass, rows, draws);
  }

  #drawTokens(): Dispatch {
    const { pass, draws, logits, drawn } = this.#buffers;
    return this.#dispatch(this.#shaders.draw, [pass, draws, logits, drawn], (_, count) => [count, 1]);
  }

  #dispatch(pipeline: GpuPipeline, buffers: readonly GpuBuffer[], groups: (rows: number, draws: number) => [number, number]): Dispatch {
    const entries = buffers.map((buffer, binding) => ({ binding, resource: { buffer } }));
    const group = this.#device.createBindGroup({ layout: pipeline.getBindGroupLayout(0), entries });
    return (pass, rows, draws) => {
      pass.setPipeline(pipeline);
      pass.setBindGroup(0, group);
      pass.dispatchWorkgroups(...groups(rows, draws));
    };
  }

  #uniform(...values: [number, number, number]): GpuBuffer {
    const buffer = uniformBuffer(this.#device, Uint32Array.from(values));
    this.#uniforms.push(buffer);
    return buffer;
  }
}
