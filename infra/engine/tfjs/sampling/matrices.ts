/** The matrices of a model in the order in which sampling numbers them. In: weights. Out: each as the linear layers that stand in it side by side, and where each layer finds its own. Nothing can go wrong. */
import type { SwiGluWeights } from '../model/feed-forward-block.ts';
import type { Linear } from '../model/linear.ts';
import type { LayerWeights, PolicyWeights } from '../model/policy-weights.ts';

/** Numbers of the matrices of one SwiGLU. */
export interface UnitMatrices {
  readonly gateUp: number;
  readonly down: number;
}

export interface LayerMatrices {
  readonly qkv: number;
  readonly output: number;
  /** Null where all tokens go to the one unit. */
  readonly router: number | null;
  /** The feed-forward block, or its experts. */
  readonly units: readonly UnitMatrices[];
}

export interface ModelMatrices {
  /** By number. */
  readonly all: readonly (readonly Linear[])[];
  readonly layers: readonly LayerMatrices[];
  readonly head: number;
}

export function modelMatrices({ layers, head }: PolicyWeights): ModelMatrices {
  const all: (readonly Linear[])[] = [];
  const put = (...sideBySide: Linear[]): number => all.push(sideBySide) - 1;
  const ofUnit = ({ gate, up, down }: SwiGluWeights): UnitMatrices => ({ gateUp: put(gate, up), down: put(down) });
  const ofLayer = ({ qkv, output, feedForward }: LayerWeights): LayerMatrices => {
    const attention = { qkv: put(qkv), output: put(output) };
    if (feedForward.kind === 'dense') return { ...attention, router: null, units: [ofUnit(feedForward)] };
    return { ...attention, router: put(feedForward.router), units: feedForward.experts.map(ofUnit) };
  };
  const ofLayers = layers.map(ofLayer);
  return { layers: ofLayers, head: put(head), all };
}
