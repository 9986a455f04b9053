/** A LoRA adapter, and the names that PEFT gives its tensors. */
import type { HostTensor, Weights } from '../host-tensor.ts';
import { expectedWeights } from '../expected-weights.ts';
import type { ModelConfig } from '../model-config.ts';
import type { AdapterConfig } from './adapter-config.ts';

export interface Adapter {
  readonly config: AdapterConfig;
  /** A and B of every layer that it changes, under PEFT's names. */
  readonly tensors: Weights;
}

/** What an adapter adds to one weight: scale * up * down. */
export interface WeightAdapter {
  readonly names: AdapterNames;
  /** A, [rank, inputs] */
  readonly down: HostTensor;
  /** B, [outputs, rank] */
  readonly up: HostTensor;
  /** alpha / rank */
  readonly scale: number;
}

export interface AdapterNames {
  readonly down: string;
  readonly up: string;
}

/** @param weight for example `model.layers.0.self_attn.q_proj.weight` */
export function adapterNames(weight: string): AdapterNames {
  const layer = `base_model.model.${weight.slice(0, -'.weight'.length)}`;
  return { down: `${layer}.lora_A.weight`, up: `${layer}.lora_B.weight` };
}

/** Null where the adapter leaves the weight alone. */
export function adapterOf(adapter: Adapter | null, weight: string): WeightAdapter | null {
  if (adapter === null) return null;
  const names = adapterNames(weight);
  const down = adapter.tensors.get(names.down);
  const up = adapter.tensors.get(names.up);
  return down === undefined || up === undefined ? null : { names, down, up, scale: adapter.config.alpha / adapter.config.rank };
}

/** Name -> shape of all its tensors, in the order of the computation. */
export function expectedAdapter({ rank, targets }: AdapterConfig, config: ModelConfig): Map<string, readonly number[]> {
  const shapes = new Map<string, readonly number[]>();
  for (const [name, [outputs, inputs]] of expectedWeights(config)) {
    const layer = /^model\.layers\.\d+\.(?:self_attn|mlp)\.(\w+)\.weight$/u.exec(name)?.[1];
    if (outputs === undefined || inputs === undefined || !targets.some((target) => target === layer)) continue;
    const { down, up } = adapterNames(name);
    shapes.set(down, [rank, inputs]);
    shapes.set(up, [outputs, rank]);
  }
  return shapes;
}
