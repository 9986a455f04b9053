/**
 * Passes on a WebGPU device, one submission and one read each: rows and places go there, tokens and log-probabilities come back, all between stays. In: the model, whose matrices are
 * those that training has on the device; places in the memory of sampling. Wrong: OUT_OF_MEMORY, ENGINE_FAILED. A row's result is the same to the bit whatever rows are beside it,
 * and hangs on how its sequence lies in blocks by about 1e-6.
 */
import { gpuUsage, submitPending, webGpuBackend, type GpuBuffer, type GpuCommandEncoder, type GpuDevice } from '../../backend/gpu.ts';
import { readMapped } from '../../backend/webgpu-read.ts';
import type { ModelConfig } from '../../../model-files/model-config.ts';
import type { PolicyModel } from '../../model/policy-model.ts';
import type { LayerWeights } from '../../model/policy-weights.ts';
import type { Arena } from '../arena.ts';
import type { PassRunner } from '../pass-runner.ts';
import { noOutput, PassViews, type PassPlaces, type RowPass } from '../row-pass.ts';
import { GpuCache } from './gpu-cache.ts';
import { GrowingBuffer, storageBuffer } from './gpu-memory.ts';
import { openShaders, rowsOfMany, type Shaders } from './open-shaders.ts';
import { PassPlan, type PassBuffers } from './pass-plan.ts';
import { drawTable, rotationTable, rowTable } from './pass-table.ts';

const drawnWords = 3; // of a draw: token, logit, total
const noDraws = new Uint32Array(0);

type Fixed = Omit<PassBuffers, 'cache' | 'lists' | 'logits'>;

export class WebGpuRunner implements PassRunner {
  readonly #model: PolicyModel;
  readonly #arena: Arena;
  readonly #places: PassPlaces;
  readonly #device: GpuDevice = webGpuBackend().device;
  readonly #shaders: Shaders;
  readonly #fixed: Fixed;
  readonly #cache: GpuCache;
  readonly #lists = new GrowingBuffer(this.#device);
  readonly #logits = new GrowingBuffer(this.#device);
  readonly #staging = new GrowingBuffer(this.#device, gpuUsage.mapRead | gpuUsage.copyTarget);
  #small: readonly GpuBuffer[] = [];
  #planned: { readonly plan: PassPlan; readonly growing: readonly GpuBuffer[] } | null = null;

  /** @param blockBytes of the cache */
  constructor(model: PolicyModel, arena: Arena, places: PassPlaces, blockBytes: number) {
    this.#model = model;
    this.#arena = arena;
    this.#places = places;
    this.#shaders = openShaders(this.#device, model.weights.config);
    this.#fixed = fixedBuffers(this.#device, model, Math.ceil(places.capacity / rowsOfMany) * rowsOfMany);
    this.#cache = new GpuCache(this.#device, blockBytes);
  }

  prepare(weightsChanged: boolean): Promise<void> {
    if (weightsChanged) {
      for (const buffer of this.#small) buffer.destroy();
      const { layers, config } = this.#model.weights;
      this.#small = layers.map((layer) => smallWeights(this.#device, layer, config));
      this.#dropPlan();
    }
    return Promise.resolve();
  }

  run(pass: RowPass): void {
    const views = new PassViews(this.#arena.memory, this.#places);
    const { width } = this.#model.weights.config;
    if (pass.kind === 'draw') this.#write('normed', this.#rowsOf(pass.count, (row) => this.#places.hidden / 4 + row * this.#stride, views.floats));
    else this.#writeRows(views, pass);
    const hiddenBytes = pass.kind === 'layers' || pass.readsHidden === true ? 4 * pass.count * width : 0;
    const draws = pass.kind === 'layers' ? noDraws : drawTable(views, pass.count);
    this.#write('draws', draws);
    const count = draws.length / 2;
    const read = this.#submit(pass, count, { normed: hiddenBytes, drawn: 4 * drawnWords * count });
    if (hiddenBytes > 0) this.#putHidden(views, pass.count, new Float32Array(read, 0, pass.count * width));
    putDrawn(read.slice(hiddenBytes), views, count);
  }

  #putHidden(views: PassViews, count: number, hidden: Float32Array): void {
    const { width } = this.#model.weights.config;
    outputRows(views, count).forEach((row, output) => views.floats.set(hidden.subarray(row * width, (row + 1) * width), this.#places.hidden / 4 + output * this.#stride));
  }

  close(): Promise<void> {
    this.#dropPlan();
    this.#cache.destroy();
    for (const buffer of [...this.#small, ...Object.values(this.#fixed), this.#lists, this.#logits, this.#staging]) buffer.destroy();
    return Promise.resolve();
  }

  /** Floats between hidden states in the memory of sampling. */
  get #stride(): number {
    const { width } = this.#model.weights.config;
    return Math.ceil(width / 8) * 8;
  }

  #writeRows(views: PassViews, { count, longest }: RowPass): void {
    const { embedding, config } = this.#model.weights;
    const tokens = views.row('token');
    const { rows, lists } = rowTable(views, count, (address) => this.#cache.numberOf(address));
    this.#write('rows', rows);
    this.#device.queue.writeBuffer(this.#lists.withRoom(lists.byteLength), 0, lists);
    this.#write('rotations', rotationTable([...new Set(this.#model.ropes)], views.row('position').subarray(0, count), longest));
    this.#write('x', this.#rowsOf(count, (row) => tokens[row]! * config.width, embedding));
  }

  /** [count, width], copied: the device takes no shared memory. */
  #rowsOf(count: number, startOf: (row: number) => number, source: Float32Array): Float32Array {
    const { width } = this.#model.weights.config;
    const rows = new Float32Array(count * width);
    for (let row = 0; row < count; row++) rows.set(source.subarray(startOf(row), startOf(row) + width), row * width);
    return rows;
  }

  #write(name: keyof Fixed, values: Uint32Array | Float32Array): void {
    if (values.length > 0) this.#device.queue.writeBuffer(this.#fixed[name], 0, values);
  }

  /** @returns the first bytes of both buffers, one after the other, once the pass is done */
  #submit({ kind, count, temperature }: RowPass, draws: number, bytes: { readonly normed: number; readonly drawn: number }): ArrayBuffer {
    const settings = Uint32Array.of(count, draws, 0);
    new Float32Array(settings.buffer)[2] = temperature === 0 ? 1 : temperature;
    this.#write('pass', settings);
    const plan = this.#plan(count);
    const encoder: GpuCommandEncoder = this.#device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    if (kind !== 'draw') plan.layers(pass, count);
    if (kind !== 'layers') plan.draw(pass, count, draws);
    pass.end();
    const staging = this.#staging.withRoom(bytes.normed + bytes.drawn);
    if (bytes.normed > 0) encoder.copyBufferToBuffer(this.#fixed.normed, 0, staging, 0, bytes.normed);
    if (bytes.drawn > 0) encoder.copyBufferToBuffer(this.#fixed.drawn, 0, staging, bytes.normed, bytes.drawn);
    this.#device.queue.submit([encoder.finish()]);
    return readMapped(this.#device, staging, bytes.normed + bytes.drawn);
  }

  #plan(rows: number): PassPlan {
    const cache = this.#cache.buffer();
    const lists = this.#lists.withRoom(4);
    const logits = this.#logits.withRoom(4 * Math.ceil(rows / rowsOfMany) * rowsOfMany * this.#model.weights.config.vocabularySize);
    const growing = [cache, lists, logits];
    if (this.#planned !== null && growing.every((buffer, i) => buffer === this.#planned!.growing[i])) return this.#planned.plan;
    this.#dropPlan();
    const plan = new PassPlan(this.#device, this.#shaders, { ...this.#fixed, cache, lists, logits }, this.#model, this.#small);
    submitPending(); // the weights' way to the device
    this.#planned = { plan, growing };
    return plan;
  }

  #dropPlan(): void {
    this.#planned?.plan.destroy();
    this.#planned = null;
  }
}

/** @param capacity rows and draws of a pass */
function fixedBuffers(device: GpuDevice, { weights: { config }, ropes }: PolicyModel, capacity: number): Fixed {
  const { width, heads, kvHeads, headDim, ffnWidth } = config;
  const of = (columns: number): GpuBuffer => storageBuffer(device, capacity * columns);
  return {
    pass: device.createBuffer({ size: 16, usage: gpuUsage.uniform | gpuUsage.copyTarget }),
    rows: of(4),
    rotations: of(new Set(ropes).size * headDim),
    draws: of(2),
    drawn: of(drawnWords),
    x: of(width),
    normed: of(width),
    qkv: of((heads + 2 * kvHeads) * headDim),
    attended: of(heads * headDim),
    gate: of(ffnWidth),
    up: of(ffnWidth),
  };
}

function smallWeights(device: GpuDevice, { biases, queryNorm, keyNorm }: LayerWeights, { heads, kvHeads, headDim }: ModelConfig): GpuBuffer {
  const columns = (heads + 2 * kvHeads) * headDim;
  const values = new Float32Array(columns + 2 * headDim).fill(1, columns);
  let done = 0;
  for (const bias of biases ?? []) {
    values.set(bias, done);
    done += bias.length;
  }
  if (queryNorm !== null) values.set(queryNorm, columns);
  if (keyNorm !== null) values.set(keyNorm, columns + headDim);
  const buffer = storageBuffer(device, values.length);
  device.queue.writeBuffer(buffer, 0, values);
  return buffer;
}

/** Row of each output. */
function outputRows(views: PassViews, count: number): number[] {
  const rows: number[] = [];
  views.row('output').subarray(0, count).forEach((output, row) => {
    if (output !== noOutput) rows[output] = row;
  });
  return rows;
}

function putDrawn(bytes: ArrayBuffer, { tokens, logprobs }: PassViews, count: number): void {
  const words = new Uint32Array(bytes);
  const floats = new Float32Array(bytes);
  for (let draw = 0; draw < count; draw++) {
    tokens[draw] = words[drawnWords * draw]!;
    logprobs[draw] = floats[drawnWords * draw + 1]! - Math.log(floats[drawnWords * draw + 2]!);
  }
}
