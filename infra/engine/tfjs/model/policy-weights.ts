/**
 * The policy's weights: the originals on the host, and what the device needs of them. In: config and weights under their
 * Hugging Face names, and an adapter where only that is trained. Out: the layers as the forward and backward passes want them. The optimiser changes the host's arrays in
 * place and then calls `refresh`. Wrong: OUT_OF_MEMORY when the device's copies are made.
 */
import { adapterOf, type Adapter } from '../../model-files/adapter/adapter.ts';
import { elementCount, type Weights } from '../../model-files/host-tensor.ts';
import type { Experts } from '../../model-files/experts-config.ts';
import type { ModelConfig } from '../../model-files/model-config.ts';
import { feedForwardLinears, type ExpertsWeights, type FeedForwardWeights, type SwiGluWeights } from './feed-forward-block.ts';
import { Linear, type LinearPart, type NormWeight } from './linear.ts';

export interface LayerNames {
  readonly query: string;
  readonly key: string;
  readonly value: string;
  readonly queryNorm: string;
  readonly keyNorm: string;
}

export interface LayerWeights {
  readonly names: LayerNames;
  /** Query, key and value side by side. */
  readonly qkv: Linear;
  readonly output: Linear;
  readonly feedForward: FeedForwardWeights;
  /** Biases of query, key, value: each [heads * headDim]. */
  readonly biases: readonly [Float32Array, Float32Array, Float32Array] | null;
  /** [headDim] */
  readonly queryNorm: Float32Array | null;
  readonly keyNorm: Float32Array | null;
}

export const embeddingName = 'model.embed_tokens.weight';
const finalNormName = 'model.norm.weight';
const headName = 'lm_head.weight';

export class PolicyWeights {
  readonly config: ModelConfig;
  readonly tensors: Weights;
  /** What is trained in place of the weights; null where they are. */
  readonly adapter: Adapter | null;
  readonly layers: readonly LayerWeights[];
  /** The output projection, with the final norm's weight folded in. */
  readonly head: Linear;
  /** Every linear layer, in a fixed order. */
  readonly linears: readonly Linear[];
  /** [vocabularySize, width] */
  readonly embedding: Float32Array;

  constructor(config: ModelConfig, tensors: Weights, adapter: Adapter | null = null) {
    this.config = config;
    this.tensors = tensors;
    this.adapter = adapter;
    this.layers = Array.from({ length: config.layers }, (_, i) => layerWeights(config, tensors, adapter, i));
    this.embedding = tensors.get(embeddingName)!.data;
    const name = config.tiedEmbeddings ? embeddingName : headName;
    const norm = { name: finalNormName, weight: tensors.get(finalNormName)!.data };
    this.head = new Linear(config.width, [{ name, weight: tensors.get(name)!.data, outputs: config.vocabularySize, adapter: null }], norm);
    this.linears = [...this.layers.flatMap(({ qkv, output, feedForward }) => [qkv, output, ...feedForwardLinears(feedForward)]), this.head];
  }

  get parameters(): number {
    return countOf(this.tensors);
  }

  /** What the optimiser changes: the adapter's tensors, or all weights. */
  get trained(): Weights {
    return this.adapter?.tensors ?? this.tensors;
  }

  get trainedParameters(): number {
    return countOf(this.trained);
  }

  /** What is trained has changed on the host. Layers that no adapter changes stay on the device. */
  refresh(): void {
    for (const linear of this.linears) if (this.adapter === null || linear.lowRank !== null) linear.invalidate();
  }

  /** Gives the device's memory back; what is asked for after that is made anew. */
  release(): void {
    for (const linear of this.linears) linear.invalidate();
  }
}

function countOf(tensors: Weights): number {
  return [...tensors.values()].reduce((sum, { shape }) => sum + elementCount(shape), 0);
}

function layerWeights(config: ModelConfig, tensors: Weights, adapter: Adapter | null, layer: number): LayerWeights {
  const prefix = `model.layers.${layer}`;
  const attention = `${prefix}.self_attn`;
  const names = { query: `${attention}.q_proj`, key: `${attention}.k_proj`, value: `${attention}.v_proj`, queryNorm: `${attention}.q_norm.weight`, keyNorm: `${attention}.k_norm.weight` };
  const { width, heads, kvHeads, headDim, ffnWidth, experts } = config;
  const data = (name: string): Float32Array => tensors.get(name)!.data;
  const part = (name: string, outputs: number): LinearPart => ({ name, weight: data(name), outputs, adapter: adapterOf(adapter, name) });
  const norm = (name: string): NormWeight => ({ name, weight: data(name) });
  const feedForwardNorm = norm(`${prefix}.post_attention_layernorm.weight`);
  const swiGlu = (place: string, inner: number): SwiGluWeights => ({
    gate: new Linear(width, [part(`${place}.gate_proj.weight`, inner)], feedForwardNorm),
    up: new Linear(width, [part(`${place}.up_proj.weight`, inner)], feedForwardNorm),
    down: new Linear(inner, [part(`${place}.down_proj.weight`, width)], null),
  });
  const expertsWeights = ({ count, perToken, normalised, width: inner }: Experts): ExpertsWeights => ({
    kind: 'experts',
    perToken,
    normalised,
    router: new Linear(width, [part(`${prefix}.mlp.gate.weight`, count)], feedForwardNorm),
    experts: Array.from({ length: count }, (_, expert) => swiGlu(`${prefix}.mlp.experts.${expert}`, inner)),
  });
  return {
    names,
    qkv: new Linear(
      width,
      [
        part(`${names.query}.weight`, heads * headDim),
        part(`${names.key}.weight`, kvHeads * headDim),
        part(`${names.value}.weight`, kvHeads * headDim),
      ],
      norm(`${prefix}.input_layernorm.weight`),
    ),
    output: new Linear(heads * headDim, [part(`${attention}.o_proj.weight`, width)], null),
    feedForward: experts?.layers.includes(layer) === true ? expertsWeights(experts) : { kind: 'dense', ...swiGlu(`${prefix}.mlp`, ffnWidth) },
    biases: config.attentionBias ? [data(`${names.query}.bias`), data(`${names.key}.bias`), data(`${names.value}.bias`)] : null,
    queryNorm: config.qkNorm ? data(names.queryNorm) : null,
    keyNorm: config.qkNorm ? data(names.keyNorm) : null,
  };
}
