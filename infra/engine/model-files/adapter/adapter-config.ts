/**
 * In: the JSON of PEFT's `adapter_config.json` (untrusted), or an adapter's settings. Out: the one from the other. Wrong: MODEL_INVALID for a missing or senseless
 * field, MODEL_UNSUPPORTED, naming the field, for one that means another adapter than plain LoRA.
 */
import { shown, type ConfigReader } from '../config-reader.ts';

/** Linear layers of a block that an adapter may change, as PEFT names them. */
export const adapterTargets = ['q_proj', 'k_proj', 'v_proj', 'o_proj', 'gate_proj', 'up_proj', 'down_proj'] as const;
export type AdapterTarget = (typeof adapterTargets)[number];
export const feedForwardTargets: readonly AdapterTarget[] = ['gate_proj', 'up_proj', 'down_proj'];

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

/** Fields with the only values under which they change nothing. */
const neutral: Readonly<Record<string, readonly unknown[]>> = {
  peft_type: ['LORA'],
  bias: ['none'],
  init_lora_weights: [true, false, 'gaussian'], // others change the base's weights
};

/** Fields that the config is made of, or that say nothing of what is computed. Any other must be absent, null, false or empty. */
const known = new Set([
  ...['r', 'lora_alpha', 'target_modules', 'base_model_name_or_path', 'lora_dropout', 'task_type', 'inference_mode', 'peft_version', 'revision'],
  ...['auto_mapping', 'megatron_core', 'qalora_group_size', 'runtime_config'],
]);

/** @throws MODEL_INVALID, MODEL_UNSUPPORTED */
export function parseAdapterConfig(read: ConfigReader): AdapterFile {
  if (!read.has('peft_type')) throw read.unsupported('peft_type', 'it is missing');
  for (const key of read.keys().filter((each) => read.has(each) && !known.has(each))) {
    const value = read.value(key);
    if (!Object.hasOwn(neutral, key)) {
      if (!isEmpty(value)) throw read.unsupported(key, 'the engine does not know it');
    } else if (!neutral[key]!.includes(value)) {
      throw read.unsupported(key, `${shown(value)} is not supported, only ${neutral[key]!.map(shown).join(', ')}`);
    }
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
