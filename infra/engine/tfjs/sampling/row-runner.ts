/**
 * Takes rows through the layers and draws tokens, in one thread. In: the shared memory, the model and its products, and a pass. Out: hidden states, tokens and log-probabilities,
 * put where the pass has their places. Wrong: nothing here; what is not a number stays one. A row's result depends on no other row where its products do not.
 */
import { windowOfLayer } from '../../model-files/layer-kinds.ts';
import type { PolicyModel } from '../model/policy-model.ts';
import { headOffsets } from './cache-blocks.ts';
import { feedForwardRows } from './feed-forward-rows.ts';
import type { Kernels } from './kernels/open-kernels.ts';
import type { WasmMemory } from './kernels/web-assembly.ts';
import { modelMatrices, type ModelMatrices } from './matrices.ts';
import { paddedColumns } from './packed-model.ts';
import type { Products } from './products.ts';
import { noOutput, PassViews, type PassPlaces, type RowPass } from './row-pass.ts';
import { drawRows, type Scratch } from './scratch.ts';
import { writeHeads } from './write-heads.ts';

export interface RowRunnerParts {
  readonly memory: WasmMemory;
  readonly kernels: Kernels;
  readonly model: PolicyModel;
  readonly products: Products;
  readonly places: PassPlaces;
  readonly scratch: Scratch;
}

export class RowRunner {
  readonly #parts: RowRunnerParts;
  readonly #matrices: ModelMatrices;
  #views: PassViews;

  constructor(parts: RowRunnerParts) {
    this.#parts = parts;
    this.#matrices = modelMatrices(parts.model.weights);
    this.#views = new PassViews(parts.memory, parts.places);
  }

  /** Most rows of a call. */
  get rowsAtOnce(): number {
    return this.#parts.products.rowsAtOnce;
  }

  /** Call it before the first rows of each pass. */
  refreshViews(): void {
    const { memory, places } = this.#parts;
    if (this.#views.words.byteLength !== memory.buffer.byteLength) this.#views = new PassViews(memory, places);
  }

  /** @param betweenKeysAndQueries called once a layer, when the keys of these rows are in the cache and before any query looks for some */
  layers({ longest }: RowPass, first: number, count: number, betweenKeysAndQueries: () => void): void {
    const { kernels, model, products, scratch } = this.#parts;
    const { config, layers } = model.weights;
    const { x, normed, qkv, attended } = scratch;
    const [width, queries] = [paddedColumns(config.width), paddedColumns(config.heads * config.headDim)];
    const qkvColumns = paddedColumns((config.heads + 2 * config.kvHeads) * config.headDim);
    const outputs = this.#outputRows(first, count);
    let rows = Array.from({ length: count }, (_, i) => i);
    this.#embed(first, count);
    for (const [index, layer] of layers.entries()) {
      const matrices = this.#matrices.layers[index]!;
      kernels.rmsNorm(x, rows.length, 4 * width, config.width, config.rmsNormEps, normed);
      products.multiply(matrices.qkv, normed, width, rows.length, qkv, qkvColumns, false);
      const heads = { position: this.#views.row('position'), block: this.#views.row('block'), slot: this.#views.row('slot') };
      writeHeads(this.#views.floats, qkv / 4, qkvColumns, heads, first, count, index, layer, config, model.ropes[index]!, longest);
      betweenKeysAndQueries();
      if (index === layers.length - 1 && outputs.length < rows.length) {
        rows = outputs;
        this.#gather(x, width, rows);
        this.#gather(qkv, qkvColumns, rows);
      }
      this.#attend(index, first, rows, qkvColumns, queries);
      products.multiply(matrices.output, attended, queries, rows.length, x, width, true);
      kernels.rmsNorm(x, rows.length, 4 * width, config.width, config.rmsNormEps, normed);
      feedForwardRows({ kernels, products, scratch, floats: this.#views.floats, stride: width }, rows.length, layer.feedForward, matrices);
    }
    kernels.rmsNorm(x, rows.length, 4 * width, config.width, config.rmsNormEps, normed);
    this.#putHidden(first, outputs, width);
  }

  /** Draws from outputs whose hidden states are there. */
  draw({ temperature }: RowPass, first: number, count: number): void {
    const { kernels, model, products, places, scratch } = this.#parts;
    const { width, vocabularySize } = model.weights.config;
    const stride = paddedColumns(width);
    const columns = paddedColumns(vocabularySize);
    const { drawsFrom, uniforms, tokens, logprobs, floats } = this.#views;
    const most = drawRows(products.rowsAtOnce, vocabularySize);
    for (let done = 0; done < count; done += most) {
      const rows = Math.min(most, count - done);
      products.multiply(this.#matrices.head, places.hidden + 4 * stride * (first + done), stride, rows, scratch.logits, columns, false);
      for (let row = 0; row < rows; row++) {
        const logits = scratch.logits + 4 * columns * row;
        const total = kernels.weigh(logits, vocabularySize, temperature === 0 ? 1 : temperature, scratch.weights);
        const output = first + done + row;
        for (let draw = drawsFrom[output]!; draw < drawsFrom[output + 1]!; draw++) {
          const uniform = uniforms[draw]!;
          const drawn = uniform < 0 ? -1 : kernels.invert(scratch.weights, vocabularySize, uniform * total);
          // The largest has the logit 0; it is also what a sum ends with that rounding keeps below the uniform number.
          const token = drawn >= 0 ? drawn : Math.max(0, floats.subarray(logits / 4, logits / 4 + vocabularySize).indexOf(0));
          tokens[draw] = token;
          logprobs[draw] = floats[logits / 4 + token]! - Math.log(total);
        }
      }
    }
  }

  #embed(first: number, count: number): void {
    const { model, scratch } = this.#parts;
    const { embedding, config } = model.weights;
    const { floats } = this.#views;
    const tokens = this.#views.row('token');
    for (let row = 0; row < count; row++) {
      const from = tokens[first + row]! * config.width;
      floats.set(embedding.subarray(from, from + config.width), scratch.x / 4 + row * paddedColumns(config.width));
    }
  }

  #attend(layer: number, first: number, rows: readonly number[], qkvColumns: number, columns: number): void {
    const { kernels, model, scratch } = this.#parts;
    const { config } = model.weights;
    const { kvHeads, headDim } = config;
    const stacked = config.heads / kvHeads;
    const window = windowOfLayer(config, layer);
    const positions = this.#views.row('position');
    const segments = this.#views.row('segments');
    for (let kvHead = 0; kvHead < kvHeads; kvHead++) {
      const { keys, values } = headOffsets(config, layer, kvHead);
      const column = 4 * kvHead * stacked * headDim;
      for (let i = 0; i < rows.length; i++) {
        const row = first + rows[i]!;
        const length = positions[row]! + 1;
        const seenFrom = window === null ? 0 : Math.max(0, length - window);
        const [queries, out] = [scratch.qkv + 4 * qkvColumns * i + column, scratch.attended + 4 * columns * i + column];
        kernels.attend(queries, stacked, segments[row]!, keys, values, length, seenFrom, scratch.scores, out, headDim);
      }
    }
  }

  /** Rows, counted from `first`, whose hidden state is wanted. */
  #outputRows(first: number, count: number): number[] {
    const output = this.#views.row('output');
    return Array.from({ length: count }, (_, i) => i).filter((i) => output[first + i] !== noOutput);
  }

  /** Moves rows to the front; they are in ascending order. */
  #gather(address: number, stride: number, rows: readonly number[]): void {
    const start = address / 4;
    rows.forEach((row, i) => this.#views.floats.copyWithin(start + i * stride, start + row * stride, start + (row + 1) * stride));
  }

  #putHidden(first: number, outputs: readonly number[], width: number): void {
    const { scratch, places } = this.#parts;
    const output = this.#views.row('output');
    outputs.forEach((row, i) => {
      const from = scratch.normed / 4 + i * width;
      this.#views.floats.copyWithin(places.hidden / 4 + output[first + row]! * width, from, from + width);
    });
  }
}

