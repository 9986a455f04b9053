/**
 * The feed-forward block of rows in the memory of sampling: x += block(normed). In: the block's matrices and settings, normed rows. Out: the rows of x. Wrong: OUT_OF_MEMORY. An
 * expert's rows are multiplied together and added in the order of the experts: a row's result depends on no other row where its products do not.
 */
import { route, type RouterSettings } from '../model/router.ts';
import type { FeedForwardWeights } from '../model/feed-forward-block.ts';
import type { Kernels } from './kernels/open-kernels.ts';
import type { LayerMatrices, UnitMatrices } from './matrices.ts';
import { paddedColumns } from './packed-model.ts';
import type { Products } from './products.ts';
import type { Scratch } from './scratch.ts';

export interface FeedForwardRows {
  readonly kernels: Kernels;
  readonly products: Products;
  readonly scratch: Scratch;
  /** All of the memory. */
  readonly floats: Float32Array;
  /** Floats from row to row of x and its norm. */
  readonly stride: number;
}

export function feedForwardRows(parts: FeedForwardRows, rows: number, weights: FeedForwardWeights, { router, units }: LayerMatrices): void {
  const { scratch, stride } = parts;
  if (weights.kind === 'dense') unitRows(parts, rows, paddedColumns(weights.down.inputs), units[0]!, scratch.normed, scratch.x, true);
  else if (router !== null) expertsRows(parts, rows, weights, paddedColumns(weights.experts[0]!.down.inputs), router, units, stride);
}

/** @param inner floats of an activated row */
function unitRows({ kernels, products, scratch, stride }: FeedForwardRows, rows: number, inner: number, { gateUp, down }: UnitMatrices, from: number, to: number, adds: boolean): void {
  products.multiply(gateUp, from, stride, rows, scratch.gateUp, 2 * inner, false);
  kernels.swiGlu(scratch.gateUp, rows, 4 * 2 * inner, 4 * inner, inner, scratch.activated, 4 * inner);
  products.multiply(down, scratch.activated, inner, rows, to, stride, adds);
}

function expertsRows(parts: FeedForwardRows, rows: number, settings: RouterSettings, inner: number, router: number, units: readonly UnitMatrices[], stride: number): void {
  const { products, scratch, floats } = parts;
  const columns = paddedColumns(units.length);
  products.multiply(router, scratch.normed, stride, rows, scratch.routerLogits, columns, false);
  const logits = new Float32Array(rows * units.length);
  for (let row = 0; row < rows; row++) {
    const from = scratch.routerLogits / 4 + row * columns;
    logits.set(floats.subarray(from, from + units.length), row * units.length);
  }
  const { places, weights } = route(logits, units.length, settings);
  for (const [expert, unit] of units.entries()) {
    const own = places[expert]!;
    if (own.length === 0) continue;
    own.forEach((place, i) => {
      const from = scratch.normed / 4 + Math.floor(place / settings.perToken) * stride;
      floats.copyWithin(scratch.expertInput / 4 + i * stride, from, from + stride);
    });
    unitRows(parts, own.length, inner, unit, scratch.expertInput, scratch.expertOutput, false);
    own.forEach((place, i) => {
      const to = scratch.x / 4 + Math.floor(place / settings.perToken) * stride;
      const from = scratch.expertOutput / 4 + i * stride;
      for (let column = 0; column < stride; column++) floats[to + column]! += weights[place]! * floats[from + column]!;
    });
  }
}
