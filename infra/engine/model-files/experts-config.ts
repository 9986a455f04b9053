/**
 * The experts of a `config.json` (Qwen3-MoE). In: the config, the number of layers. Out: how many, how wide, in which layers, how a token finds its own. Wrong: MODEL_INVALID
 * for a missing or senseless field.
 */
import type { ConfigReader } from './config-reader.ts';

export interface Experts {
  readonly count: number;
  /** Experts that a token goes to; at most `count`. */
  readonly perToken: number;
  /** Inner size of one (`moe_intermediate_size`). */
  readonly width: number;
  /** The weights of a token's experts are divided by their sum. */
  readonly normalised: boolean;
  /** Layers that have experts, ascending; the others have one feed-forward block. */
  readonly layers: readonly number[];
}

/** @returns null where no layer has experts @throws MODEL_INVALID */
export function parseExperts(read: ConfigReader, layers: number): Experts | null {
  const countKey = read.has('num_experts') ? 'num_experts' : 'num_local_experts'; // the latter from transformers 5 on
  const count = read.natural(countKey);
  const step = read.has('decoder_sparse_step') ? read.count('decoder_sparse_step') : 1;
  const dense = denseLayers(read);
  const sparse = Array.from({ length: layers }, (_, layer) => layer).filter((layer) => (layer + 1) % step === 0 && !dense.includes(layer));
  if (count === 0 || sparse.length === 0) return null;
  const perToken = read.count('num_experts_per_tok');
  if (perToken > count) throw read.invalid('num_experts_per_tok', `${perToken} is more than ${countKey}, ${count}`);
  return { count, perToken, width: read.count('moe_intermediate_size'), normalised: read.flag('norm_topk_prob', false), layers: sparse };
}

/** The inverse of `parseExperts`, in the spelling that every version of transformers reads. */
export function formatExperts({ count, perToken, width, normalised, layers }: Experts, allLayers: number): Record<string, unknown> {
  return {
    num_experts: count,
    num_experts_per_tok: perToken,
    moe_intermediate_size: width,
    norm_topk_prob: normalised,
    decoder_sparse_step: 1,
    mlp_only_layers: Array.from({ length: allLayers }, (_, layer) => layer).filter((layer) => !layers.includes(layer)),
    output_router_logits: false,
  };
}

function denseLayers(read: ConfigReader): unknown[] {
  const layers: unknown = read.has('mlp_only_layers') ? read.value('mlp_only_layers') : [];
  if (Array.isArray(layers) && layers.every((layer) => Number.isInteger(layer))) return layers;
  throw read.invalid('mlp_only_layers', 'it is not a list of layers');
}
