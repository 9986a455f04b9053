/**
 * In: the metadata of a GGUF file. Out: nothing. Wrong: MODEL_UNSUPPORTED naming the first field that means a model, or a way of computing it, that the
 * engine does not follow. Fields of the architecture that are not known here are refused, rather than another model computed in silence.
 */
import { shown, type ConfigReader } from '../config-reader.ts';

/** `general.architecture` -> the class of Hugging Face transformers. */
export const ggufArchitectures: Readonly<Record<string, string>> = {
  llama: 'LlamaForCausalLM',
  qwen2: 'Qwen2ForCausalLM',
  qwen3: 'Qwen3ForCausalLM',
};

/** Fields, after the architecture's name, that the config is made of or that change nothing. */
const known = new Set([
  'vocab_size',
  'context_length',
  'embedding_length',
  'block_count',
  'feed_forward_length',
  'attention.head_count',
  'attention.head_count_kv',
  'attention.key_length',
  'attention.value_length',
  'attention.layer_norm_rms_epsilon',
  'rope.dimension_count',
  'rope.freq_base',
  'rope.scale_linear',
  'rope.scaling.type',
  'rope.scaling.factor',
  'rope.scaling.original_context_length',
  'rope.scaling.yarn_beta_fast',
  'rope.scaling.yarn_beta_slow',
  'rope.scaling.finetuned',
  'tensor_data_layout',
]);

/** Fields with the only value under which they change nothing. */
const neutral: Readonly<Record<string, unknown>> = {
  'rope.scaling.attn_factor': 1,
  'rope.scaling.yarn_attn_factor': 1,
  'rope.scaling.yarn_ext_factor': 1,
  'rope.scaling.yarn_log_multiplier': 0,
  'attention.causal': true,
  'attention.sliding_window': 0,
  expert_count: 0,
  expert_used_count: 0,
  use_parallel_residual: false,
};

/** @throws MODEL_UNSUPPORTED */
export function refuseForeignGguf(metadata: ConfigReader): void {
  if (metadata.has('split.count') && metadata.value('split.count') !== 1) throw metadata.unsupported('split.count', 'the model is spread over several files');
  const architecture = metadata.value('general.architecture');
  if (typeof architecture !== 'string' || !Object.hasOwn(ggufArchitectures, architecture)) {
    throw metadata.unsupported('general.architecture', `${shown(architecture)} is not known; known are ${Object.keys(ggufArchitectures).join(', ')}`);
  }
  if (metadata.value('tokenizer.ggml.model') !== 'gpt2') {
    const what = `${shown(metadata.value('tokenizer.ggml.model'))} is not supported, only "gpt2" (byte-level BPE)`;
    throw metadata.unsupported('tokenizer.ggml.model', what);
  }
  const prefix = `${architecture}.`;
  for (const key of metadata.keys().filter((each) => each.startsWith(prefix))) {
    const field = key.slice(prefix.length);
    if (known.has(field)) continue;
    if (!Object.hasOwn(neutral, field)) throw metadata.unsupported(key, 'the engine does not know it');
    if (metadata.value(key) === neutral[field]) continue;
    throw metadata.unsupported(key, `${shown(metadata.value(key))} is not supported, only ${shown(neutral[field])}`);
  }
}
