/**
 * In: a model's config. Out: nothing. Wrong: MODEL_UNSUPPORTED naming the first field that changes the mathematics in a way
 * that the engine does not follow, rather than another model computed in silence.
 */
import type { ConfigReader } from './config-reader.ts';

/** Fields with the only values under which they change nothing. Absent and null always pass. */
const neutral: Readonly<Record<string, readonly unknown[]>> = {
  hidden_act: ['silu', 'swish'],
  hidden_activation: ['silu', 'swish'],
  attention_bias: [false],
  mlp_bias: [false],
  partial_rotary_factor: [1],
  rotary_pct: [1],
  attn_logit_softcapping: [0],
  final_logit_softcapping: [0],
  embedding_multiplier: [1],
  residual_multiplier: [1],
  logits_scaling: [1],
  output_router_logits: [false], // would add a loss
  shared_expert_intermediate_size: [0],
  n_shared_experts: [0],
};

/** Fields of classes that have experts. */
const ofExperts = ['num_experts', 'num_local_experts'];

/** Fields that mean another computation whatever their value. */
const foreign = ['quantization_config', 'query_pre_attn_scalar', 'attention_multiplier', 'attention_chunk_size'];

/** Fields of classes that have layers without RoPE. */
const ofNoRopeLayers = ['no_rope_layers', 'no_rope_layer_interval'];

/** @throws MODEL_UNSUPPORTED */
export function refuseUnsupported(read: ConfigReader, has: { readonly noRopeLayers: boolean; readonly experts: boolean }): void {
  refuseValues(read);
  for (const key of has.noRopeLayers ? foreign : [...foreign, ...ofNoRopeLayers]) {
    if (read.has(key)) throw read.unsupported(key, 'the engine does not know it');
  }
  for (const key of has.experts ? [] : ofExperts) {
    if (read.has(key) && read.value(key) !== 0) throw read.unsupported(key, 'the engine knows experts in Qwen3MoeForCausalLM alone');
  }
}

function refuseValues(read: ConfigReader): void {
  for (const [key, allowed] of Object.entries(neutral)) {
    if (read.has(key) && !allowed.includes(read.value(key))) {
      throw read.unsupported(key, `${JSON.stringify(read.value(key))} is not supported, only ${JSON.stringify(allowed[0])}`);
    }
  }
}
