/**
 * The rotary embedding of a `config.json`, in both spellings: `rope_theta` with `rope_scaling`, and `rope_parameters` (transformers 5).
 * In: the config. Out: base and scaling. Wrong: MODEL_INVALID for a missing or senseless field, MODEL_UNSUPPORTED for another kind of
 * scaling or a field that no known kind has.
 */
import type { ConfigReader } from './config-reader.ts';

/** How the inverse frequencies are stretched for contexts longer than those of pretraining. */
export type RopeScaling =
  /** Positions divided by the factor. */
  | { readonly kind: 'linear'; readonly factor: number }
  /** A larger base for texts longer than the model's positions, which there are none of. */
  | { readonly kind: 'dynamic'; readonly factor: number }
  /** Llama 3.1: long waves divided by the factor, short ones kept, those between interpolated. */
  | {
      readonly kind: 'llama3';
      readonly factor: number;
      readonly lowFrequencyFactor: number;
      readonly highFrequencyFactor: number;
      readonly originalPositions: number;
    }
  /** YaRN (Peng et al. 2023): the same by the number of rotations within the original positions, and larger queries and keys. */
  | {
      readonly kind: 'yarn';
      readonly factor: number;
      /** Multiplied into cosines and sines. */
      readonly attentionFactor: number;
      readonly betaFast: number; // rotations
      readonly betaSlow: number;
      readonly truncate: boolean;
      readonly originalPositions: number;
    };

export interface Rope {
  readonly ropeTheta: number;
  readonly ropeScaling: RopeScaling | null;
}

const fieldsOfAll = ['rope_type', 'type', 'rope_theta', 'partial_rotary_factor'];
const scaled = ['factor', 'original_max_position_embeddings'];
const fieldsOf: Readonly<Record<string, readonly string[]>> = {
  default: fieldsOfAll,
  linear: [...fieldsOfAll, 'factor'],
  dynamic: [...fieldsOfAll, ...scaled],
  llama3: [...fieldsOfAll, ...scaled, 'low_freq_factor', 'high_freq_factor'],
  yarn: [...fieldsOfAll, ...scaled, 'attention_factor', 'beta_fast', 'beta_slow', 'mscale', 'mscale_all_dim', 'truncate'],
};

/**
 * @param usualTheta the base where the file has none
 * @throws MODEL_INVALID, MODEL_UNSUPPORTED
 */
export function parseRope(read: ConfigReader, usualTheta: number, maxPositions: number): Rope {
  const theta = read.positive('rope_theta', usualTheta);
  const older = read.section('rope_scaling'); // wins in transformers, too
  const rope = older === null || older.keys().length === 0 ? read.section('rope_parameters') : older;
  if (rope === null) return { ropeTheta: theta, ropeScaling: null };
  const kind = kindOf(rope);
  for (const key of rope.keys()) {
    if (rope.has(key) && !fieldsOf[kind]!.includes(key)) throw rope.unsupported(key, `a rotary embedding of the kind "${kind}" has no such field`);
  }
  if (rope.has('partial_rotary_factor') && rope.value('partial_rotary_factor') !== 1) {
    throw rope.unsupported('partial_rotary_factor', 'only whole heads are rotated');
  }
  return { ropeTheta: rope.positive('rope_theta', theta), ropeScaling: scalingOf(kind, rope, read, maxPositions) };
}

/** The inverse of `parseRope`, in the spelling that every version of transformers reads. */
export function formatRope({ ropeTheta, ropeScaling }: Rope): Record<string, unknown> {
  return ropeScaling === null ? { rope_theta: ropeTheta } : { rope_theta: ropeTheta, rope_scaling: formatScaling(ropeScaling) };
}

function kindOf(rope: ConfigReader): string {
  const key = rope.has('rope_type') || !rope.has('type') ? 'rope_type' : 'type';
  const kind = rope.has(key) ? rope.value(key) : 'default';
  if (typeof kind === 'string' && Object.hasOwn(fieldsOf, kind)) return kind;
  throw rope.unsupported(key, `${JSON.stringify(kind)} is not one of ${Object.keys(fieldsOf).join(', ')}`);
}

function scalingOf(kind: string, rope: ConfigReader, read: ConfigReader, maxPositions: number): RopeScaling | null {
  if (kind === 'default') return null;
  if (kind === 'linear' || kind === 'dynamic') return { kind, factor: rope.positive('factor') };
  const originalPositions = originalPositionsOf(rope, read, maxPositions);
  if (kind === 'llama3') {
    const lowFrequencyFactor = rope.positive('low_freq_factor');
    const highFrequencyFactor = rope.positive('high_freq_factor');
    if (highFrequencyFactor <= lowFrequencyFactor) throw rope.invalid('high_freq_factor', 'it is not above low_freq_factor');
    return { kind, factor: rope.positive('factor'), lowFrequencyFactor, highFrequencyFactor, originalPositions };
  }
  const factor = rope.positive('factor', maxPositions / originalPositions);
  return {
    kind: 'yarn',
    factor,
    attentionFactor: rope.positive('attention_factor', usualAttentionFactor(rope, factor)),
    betaFast: rope.positive('beta_fast', 32),
    betaSlow: rope.positive('beta_slow', 1),
    truncate: rope.value('truncate') === undefined || rope.flag('truncate', false),
    originalPositions,
  };
}

/** Positions of pretraining: beside the scaling, or within, or else those of the model. */
function originalPositionsOf(rope: ConfigReader, read: ConfigReader, maxPositions: number): number {
  const key = 'original_max_position_embeddings';
  if (read.has(key)) return read.count(key);
  return rope.has(key) ? rope.count(key) : maxPositions;
}

function usualAttentionFactor(rope: ConfigReader, factor: number): number {
  const temperature = (scale: number): number => (factor <= 1 ? 1 : 0.1 * scale * Math.log(factor) + 1);
  if (!rope.has('mscale') || !rope.has('mscale_all_dim')) return temperature(1);
  return temperature(rope.positive('mscale')) / temperature(rope.positive('mscale_all_dim'));
}

function formatScaling(scaling: RopeScaling): Record<string, unknown> {
  const common = { rope_type: scaling.kind, factor: scaling.factor };
  if (scaling.kind === 'linear' || scaling.kind === 'dynamic') return common;
  const positions = { original_max_position_embeddings: scaling.originalPositions };
  if (scaling.kind === 'llama3') {
    return { ...common, low_freq_factor: scaling.lowFrequencyFactor, high_freq_factor: scaling.highFrequencyFactor, ...positions };
  }
  const { attentionFactor, betaFast, betaSlow, truncate } = scaling;
  return { ...common, attention_factor: attentionFactor, beta_fast: betaFast, beta_slow: betaSlow, truncate, ...positions };
}
