/** In: a model's config. Out: the names and shapes of its weights, as Hugging Face has them; a linear layer is [out, in]. */
import type { ModelConfig } from './model-config.ts';

/** Name -> shape, in the order of the computation. `lm_head.weight` is there where the embedding is not tied. */
export function expectedWeights(config: ModelConfig): Map<string, readonly number[]> {
  const { vocabularySize, width, headDim, ffnWidth, experts } = config;
  const queryWidth = config.heads * headDim;
  const keyWidth = config.kvHeads * headDim;
  const shapes = new Map<string, readonly number[]>([['model.embed_tokens.weight', [vocabularySize, width]]]);
  for (let layer = 0; layer < config.layers; layer++) {
    const prefix = `model.layers.${layer}`;
    shapes.set(`${prefix}.input_layernorm.weight`, [width]);
    shapes.set(`${prefix}.self_attn.q_proj.weight`, [queryWidth, width]);
    shapes.set(`${prefix}.self_attn.k_proj.weight`, [keyWidth, width]);
    shapes.set(`${prefix}.self_attn.v_proj.weight`, [keyWidth, width]);
    if (config.attentionBias) {
      shapes.set(`${prefix}.self_attn.q_proj.bias`, [queryWidth]);
      shapes.set(`${prefix}.self_attn.k_proj.bias`, [keyWidth]);
      shapes.set(`${prefix}.self_attn.v_proj.bias`, [keyWidth]);
    }
    if (config.qkNorm) {
      shapes.set(`${prefix}.self_attn.q_norm.weight`, [headDim]);
      shapes.set(`${prefix}.self_attn.k_norm.weight`, [headDim]);
    }
    shapes.set(`${prefix}.self_attn.o_proj.weight`, [width, queryWidth]);
    shapes.set(`${prefix}.post_attention_layernorm.weight`, [width]);
    const putSwiGlu = (place: string, inner: number): void => {
      shapes.set(`${place}.gate_proj.weight`, [inner, width]);
      shapes.set(`${place}.up_proj.weight`, [inner, width]);
      shapes.set(`${place}.down_proj.weight`, [width, inner]);
    };
    if (experts?.layers.includes(layer) !== true) {
      putSwiGlu(`${prefix}.mlp`, ffnWidth);
      continue;
    }
    shapes.set(`${prefix}.mlp.gate.weight`, [experts.count, width]);
    for (let expert = 0; expert < experts.count; expert++) putSwiGlu(`${prefix}.mlp.experts.${expert}`, experts.width);
  }
  shapes.set('model.norm.weight', [width]);
  if (!config.tiedEmbeddings) shapes.set('lm_head.weight', [vocabularySize, width]);
  return shapes;
}
