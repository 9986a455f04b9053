/**
 * Which layers of a model attend within a sliding window, and which rotate queries and keys. In: the config and what its class does where
 * the config is silent. Out: both, by layer. Wrong: MODEL_INVALID for a senseless field, MODEL_UNSUPPORTED for another kind of attention.
 */
import type { ConfigReader } from './config-reader.ts';

export interface LayerKinds {
  /** Position i sees positions j with i - j < slidingWindow; null: all j <= i. */
  readonly slidingWindow: number | null;
  /** Layers that see all j <= i though there is a sliding window; ascending. */
  readonly fullAttentionLayers: readonly number[];
  /** Layers whose queries and keys are not rotated (SmolLM3); ascending. */
  readonly noRopeLayers: readonly number[];
}

/**
 * Where a class has its sliding window: in no layer; in all; in all where `use_sliding_window` says so (Qwen3-MoE); in the layers from `max_window_layers` on (Qwen); in those
 * without RoPE (SmolLM3, the one class that has such layers). The last two heed `use_sliding_window` and `layer_types`.
 */
export type WindowPlace = 'never' | 'always' | 'all-if-used' | 'upper-layers' | 'no-rope-layers';

/** The sliding window of one layer. */
export function windowOfLayer({ slidingWindow, fullAttentionLayers }: LayerKinds, layer: number): number | null {
  return fullAttentionLayers.includes(layer) ? null : slidingWindow;
}

/** @throws MODEL_INVALID, MODEL_UNSUPPORTED */
export function parseLayerKinds(read: ConfigReader, place: WindowPlace, layers: number): LayerKinds {
  const noRopeLayers = place === 'no-rope-layers' ? noRopeLayersOf(read, layers) : [];
  const window = windowSize(read, place);
  if (window === null) refuseWindows(read, place);
  const windowed = new Set(window === null ? [] : windowedLayers(read, place, layers, noRopeLayers));
  if (windowed.size === 0) return { slidingWindow: null, fullAttentionLayers: [], noRopeLayers };
  return { slidingWindow: window, fullAttentionLayers: layersWhere(layers, (layer) => !windowed.has(layer)), noRopeLayers };
}

/** In `no_rope_layers` a 0 is a layer without RoPE; where it is not given, every `no_rope_layer_interval`-th is one. */
function noRopeLayersOf(read: ConfigReader, layers: number): number[] {
  if (!read.has('no_rope_layers')) {
    const interval = read.has('no_rope_layer_interval') ? read.count('no_rope_layer_interval') : 4;
    return layersWhere(layers, (layer) => (layer + 1) % interval === 0);
  }
  const flags = read.value('no_rope_layers');
  const areFlags = Array.isArray(flags) && flags.length >= layers && flags.every((flag) => flag === 0 || flag === 1);
  if (!areFlags) throw read.invalid('no_rope_layers', `it is not a list of 0 and 1, one for each of ${layers} layers`);
  return layersWhere(layers, (layer) => flags[layer] === 0);
}

function windowSize(read: ConfigReader, place: WindowPlace): number | null {
  if (place === 'never' || (place !== 'always' && !read.flag('use_sliding_window', false))) return null;
  if (read.value('sliding_window') === undefined && place !== 'no-rope-layers') return 4096;
  return read.has('sliding_window') ? read.count('sliding_window') : null;
}

/** No layer may ask for a window that is not there, in the classes that heed what it asks for. */
function refuseWindows(read: ConfigReader, place: WindowPlace): void {
  const types: unknown = read.value('layer_types');
  const isHeeded = place === 'upper-layers' || place === 'no-rope-layers';
  if (!isHeeded || !Array.isArray(types) || types.every((type) => type === 'full_attention')) return;
  throw read.invalid('layer_types', 'it names other layers than "full_attention", but no sliding window is in use');
}

function windowedLayers(read: ConfigReader, place: WindowPlace, layers: number, noRopeLayers: readonly number[]): readonly number[] {
  const types = layerTypes(read, layers);
  if (place === 'always' || place === 'all-if-used') {
    if (types?.includes('full_attention') === true) throw read.unsupported('layer_types', 'this class has its sliding window in every layer');
    return layersWhere(layers, () => true);
  }
  if (types !== null) return layersWhere(layers, (layer) => types[layer] === 'sliding_attention');
  if (place === 'no-rope-layers') return noRopeLayers;
  const firstWindowed = read.has('max_window_layers') ? read.natural('max_window_layers') : 28;
  return layersWhere(layers, (layer) => layer >= firstWindowed);
}

function layerTypes(read: ConfigReader, layers: number): readonly unknown[] | null {
  if (!read.has('layer_types')) return null;
  const types: unknown = read.value('layer_types');
  if (!Array.isArray(types) || types.length !== layers) throw read.invalid('layer_types', `it is not a list of ${layers} names, one for each layer`);
  const other: unknown = types.find((type) => type !== 'full_attention' && type !== 'sliding_attention');
  if (other !== undefined) throw read.unsupported('layer_types', `${JSON.stringify(other)} is not "full_attention" or "sliding_attention"`);
  return types as unknown[];
}

function layersWhere(layers: number, holds: (layer: number) => boolean): number[] {
  return Array.from({ length: layers }, (_, layer) => layer).filter(holds);
}
