/** The tiles of each layer. In: a packed batch, a model's config. Out: by layer, tiles that the caller disposes. Wrong: OUT_OF_MEMORY. */
import { windowOfLayer } from '../../model-files/layer-kinds.ts';
import type { ModelConfig } from '../../model-files/model-config.ts';
import { placeTiles, type DeviceTile } from './attention.ts';
import { attentionTiles } from './attention-tile.ts';
import type { PackedBatch } from './packed-batch.ts';

/** Layers with the same window share one array; the last, of which only output rows are computed, has its own. */
export function layerTiles(batch: PackedBatch, config: ModelConfig): (readonly DeviceTile[])[] {
  return shareAmongLayers(config, (window, outputsOnly) => placeTiles(attentionTiles(batch, window, outputsOnly ? batch.outputRows : null), config));
}

/**
 * What layers need for their attention, made once for those that need the same.
 * @param make for a window, and for output rows alone or for all
 */
export function shareAmongLayers<T>(config: ModelConfig, make: (window: number | null, outputsOnly: boolean) => T): T[] {
  const ofWindow = new Map<number | null, T>();
  return Array.from({ length: config.layers }, (_, layer) => {
    const window = windowOfLayer(config, layer);
    if (layer === config.layers - 1) return make(window, true);
    const shared = ofWindow.get(window) ?? make(window, false);
    ofWindow.set(window, shared);
    return shared;
  });
}
