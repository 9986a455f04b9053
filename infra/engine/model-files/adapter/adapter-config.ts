/**
 * In: the JSON of PEFT's `adapter_config.json` (untrusted), or an adapter's settings. Out: the one from the other. Wrong: MODEL_INVALID for a missing or senseless
 * field, MODEL_UNSUPPORTED, naming the field, for one that means another adapter than plain LoRA.
 */
import { shown, type ConfigReader } from '../config-reader.ts';

/** Linear layers of a block that an adapter may change, as PEFT names them. */
export const adapterTargets = ['q_proj', 'k_proj', 'v_proj', 'o_proj', 'gate_proj', 'up_proj', 'down_proj'] as const;
export type AdapterTarget = (typeof adapterTargets)[number];

/** LoRA (Hu et al. 2021): W + alpha / rank * B A, with A [rank, inputs], B [outputs, rank] and W frozen. */
export interface AdapterConfig {
  readonly rank: number;
  readonly alpha: number;
  /** In the order of `adapterTargets`, none twice. */
  readonly targets: readonly AdapterTarget[];
}

export interface AdapterFile {
  readonly config: AdapterConfig;
  /** Where the base model is, as the file says it. */
  readonly base: string;
}

/** The order of targets says nothing. */
export function orderedTargets(targets: readonly AdapterTarget[]): AdapterTarget[] {
  return adapterTargets.filter((target) => targets.includes(target));
}

/** Fields with the only values under which they change nothing. Absent, null, empty lists and empty objects always pass. */
const neutral: Readonly<Record<string, unknown>> = { bias: 'none', fan_in_fan_out: false, use_dora: false, use_rslora: false, lora_bias: false, use_qalora: false };

/** Fields that mean another computation, or other layers, whatever their value. */
const foreign = [
  ...['rank_pattern', 'alpha_pattern', 'modules_to_save', 'layers_to_transform', 'layers_pattern', 'exclude_modules', 'target_parameters', 'trainable_token_indices'],
  ...['megatron_config', 'layer_replication', 'eva_config', 'corda_config', 'alora_invocation_tokens', 'arrow_config', 'ensure_weight_tying'],
];

/** @throws MODEL_INVALID, MODEL_UNSUPPORTED */
export function parseAdapterConfig(read: ConfigReader): AdapterFile {
  if (read.value('peft_type') !== 'LORA') throw read.unsupported('peft_type', `${shown(read.value('peft_type'))} is not supported, only "LORA"`);
  for (const [key, allowed] of Object.entries(neutral)) {
    if (!read.has(key) || read.value(key) === allowed) continue;
    throw read.unsupported(key, `${shown(read.value(key))} is not supported, only ${shown(allowed)}`);
  }
  for (const key of foreign) {
    if (read.has(key) && !isEmpty(read.value(key))) throw read.unsupported(key, 'the engine does not know it');
  }
  const base = read.value('base_model_name_or_path');
  if (typeof base !== 'string' || base === '') throw read.invalid('base_model_name_or_path', `${shown(base)} does not say where the base model is`);
  return { config: { rank: read.count('r'), alpha: read.positive('lora_alpha'), targets: targetsOf(read) }, base };
}

/** The inverse of `parseAdapterConfig`, as PEFT writes it. */
export function formatAdapterConfig({ config, base }: AdapterFile): Record<string, unknown> {
  return {
    base_model_name_or_path: base,
    bias: 'none',
    fan_in_fan_out: false,
    inference_mode: true,
    init_lora_weights: true,
    lora_alpha: config.alpha,
    lora_dropout: 0,
    modules_to_save: null,
    peft_type: 'LORA',
    r: config.rank,
    target_modules: config.targets,
    task_type: 'CAUSAL_LM',
    use_dora: false,
    use_rslora: false,
  };
}

function targetsOf(read: ConfigReader): AdapterTarget[] {
  const names = read.value('target_modules');
  if (!Array.isArray(names) || names.length === 0) throw read.unsupported('target_modules', `${shown(names)} is not a list of names of layers`);
  for (const name of names as unknown[]) {
    if (!adapterTargets.some((target) => target === name)) throw read.unsupported('target_modules', `${shown(name)} is not one of ${adapterTargets.join(', ')}`);
  }
  return orderedTargets(names as AdapterTarget[]);
}

function isEmpty(value: unknown): boolean {
  return value === false || (typeof value === 'object' && value !== null && Object.keys(value).length === 0);
}
