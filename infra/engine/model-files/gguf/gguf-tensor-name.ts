/** What llama.cpp calls the weights that Hugging Face calls otherwise. In: a name of `expectedWeights`. Out: the name in a GGUF file. */
const whole: Readonly<Record<string, string>> = {
  'model.embed_tokens': 'token_embd',
  'model.norm': 'output_norm',
  lm_head: 'output',
};

const ofLayer: Readonly<Record<string, string>> = {
  input_layernorm: 'attn_norm',
  'self_attn.q_proj': 'attn_q',
  'self_attn.k_proj': 'attn_k',
  'self_attn.v_proj': 'attn_v',
  'self_attn.q_norm': 'attn_q_norm',
  'self_attn.k_norm': 'attn_k_norm',
  'self_attn.o_proj': 'attn_output',
  post_attention_layernorm: 'ffn_norm',
  'mlp.gate_proj': 'ffn_gate',
  'mlp.up_proj': 'ffn_up',
  'mlp.down_proj': 'ffn_down',
};

export function ggufTensorName(name: string): string {
  const [, stem = '', kind = ''] = /^(.*)\.(weight|bias)$/u.exec(name) ?? [];
  const [, layer, part = ''] = /^model\.layers\.(\d+)\.(.*)$/u.exec(stem) ?? [];
  return layer === undefined ? `${whole[stem]!}.${kind}` : `blk.${layer}.${ofLayer[part]!}.${kind}`;
}
