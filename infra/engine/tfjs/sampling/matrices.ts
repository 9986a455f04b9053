/** The matrices of a model in the order in which sampling numbers them. In: weights. Out: each as the linear layers that stand in it side by side. Nothing can go wrong. */
import type { Linear } from '../model/linear.ts';
import type { PolicyWeights } from '../model/policy-weights.ts';

const ofLayer = ['qkv', 'output', 'gateUp', 'down'] as const;

export function modelMatrices({ layers, head }: PolicyWeights): (readonly Linear[])[] {
  return [...layers.flatMap(({ qkv, output, gate, up, down }) => [[qkv], [output], [gate, up], [down]]), [head]];
}

/** Number of a layer's matrix. */
export function matrixOf(layer: number, name: (typeof ofLayer)[number]): number {
  return layer * ofLayer.length + ofLayer.indexOf(name);
}

export function headMatrix(layers: number): number {
  return layers * ofLayer.length;
}
