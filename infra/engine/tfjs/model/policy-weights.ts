/**
 * The policy's weights: the originals on the host, and what the device needs of them. In: config and weights under their
 * Hugging Face names, and an adapter where only that is trained. Out: the layers as the forward and backward passes want them. The optimiser changes the host's arrays in
 * place and then calls `refresh`. Wrong: OUT_OF_MEMORY when the device's copies are made.
 */
import { adapterOf, type Adapter } from '../../model-files/adapter/adapter.ts';
import { elementCount, type Weights } from '../../model-files/host-tensor.ts';
import type { ModelConfig } from '../../model-files/model-config.ts';
import { Linear, type LinearPart } from './linear.ts';

export interface LayerNames {
  readonly inputNorm: string;
  readonly query: string;
  readonly key: string;
  readonly value: string;
  readonly queryNorm: string;
  readonly keyNorm: string;
  readonly output: string;
  readonly feedForwardNorm: string;
  readonly gate: string;
  readonly up: string;
  readonly down: string;
}

export interface LayerWeights {
  readonly names: LayerNames;
  /** Query, key and value side by side. */
  readonly qkv: Linear;
  readonly output: Linear;
  readonly gate: Linear;
  readonly up: Linear;
  readonly down: Linear;
  /** Biases of query, key, value: each [heads * headDim]. */
  readonly biases: readonly [Float32Array, Float32Array, Float32Array] | null;
  /** [headDim] */
  readonly queryNorm: Float32Array | null;
  readonly keyNorm: Float32Array | null;
}

export const embeddingName = 'model.embed_tokens.weight';
export const finalNormName = 'model.norm.weight';
export const headName = 'lm_head.weight';

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
    const projection = config.tiedEmbeddings ? this.embedding : tensors.get(headName)!.data;
    this.head = new Linear(config.width, [{ weight: projection, outputs: config.vocabularySize, adapter: null }], tensors.get(finalNormName)!.data);
    this.linears = [...this.layers.flatMap(({ qkv, output, gate, up, down }) => [qkv, output, gate, up, down]), this.head];
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

  /** The host's arrays changed, or the device's memory is to be given back. */
  refresh(): void {
    for (const linear of this.linears) linear.invalidate();
  }
}

function countOf(tensors: Weights): number {
  return [...tensors.values()].reduce((sum, { shape }) => sum + elementCount(shape), 0);
}

export function layerNames(layer: number): LayerNames {
  const prefix = `model.layers.${layer}`;
  return {
    inputNorm: `${prefix}.input_layernorm.weight`,
    query: `${prefix}.self_attn.q_proj`,
    key: `${prefix}.self_attn.k_proj`,
    value: `${prefix}.self_attn.v_proj`,
    queryNorm: `${prefix}.self_attn.q_norm.weight`,
    keyNorm: `${prefix}.self_attn.k_norm.weight`,
    output: `${prefix}.self_attn.o_proj.weight`,
    feedForwardNorm: `${prefix}.post_attention_layernorm.weight`,
    gate: `${prefix}.mlp.gate_proj.weight`,
    up: `${prefix}.mlp.up_proj.weight`,
    down: `${prefix}.mlp.down_proj.weight`,
  };
}

function layerWeights(config: ModelConfig, tensors: Weights, adapter: Adapter | null, layer: number): LayerWeights {
  const names = layerNames(layer);
  const { width, heads, kvHeads, headDim, ffnWidth } = config;
  const data = (name: string): Float32Array => tensors.get(name)!.data;
  const part = (name: string, outputs: number): LinearPart => ({ weight: data(name), outputs, adapter: adapterOf(adapter, name) });
  const inputNorm = data(names.inputNorm);
  const feedForwardNorm = data(names.feedForwardNorm);
  return {
    names,
    qkv: new Linear(
      width,
      [
        part(`${names.query}.weight`, heads * headDim),
        part(`${names.key}.weight`, kvHeads * headDim),
        part(`${names.value}.weight`, kvHeads * headDim),
      ],
      inputNorm,
    ),
    output: new Linear(heads * headDim, [part(names.output, width)], null),
    gate: new Linear(width, [part(names.gate, ffnWidth)], feedForwardNorm),
    up: new Linear(width, [part(names.up, ffnWidth)], feedForwardNorm),
    down: new Linear(ffnWidth, [part(names.down, width)], null),
    biases: config.attentionBias ? [data(`${names.query}.bias`), data(`${names.key}.bias`), data(`${names.value}.bias`)] : null,
    queryNorm: config.qkNorm ? data(names.queryNorm) : null,
    keyNorm: config.qkNorm ? data(names.keyNorm) : null,
  };
}
