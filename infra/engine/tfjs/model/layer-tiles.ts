/** The tiles of each layer. In: a packed batch, a model's config. Out: by layer, tiles that the caller disposes. Wrong: OUT_OF_MEMORY. */
import { windowOfLayer } from '../../model-files/layer-kinds.ts';
import type { ModelConfig } from '../../model-files/model-config.ts';
import { placeTiles, type DeviceTile } from './attention.ts';
import { attentionTiles } from './attention-tile.ts';
import type { PackedBatch } from './packed-batch.ts';

/** Layers with the same window share one array; the last, of which only output rows are computed, has its own. */
export function layerTiles(batch: PackedBatch, config: ModelConfig): (readonly DeviceTile[])[] {
  const ofWindow = new Map<number | null, readonly DeviceTile[]>();
  return Array.from({ length: config.layers }, (_, layer) => {
    const window = windowOfLayer(config, layer);
    if (layer === config.layers - 1) return placeTiles(attentionTiles(batch, window, batch.outputRows), config);
    const tiles = ofWindow.get(window) ?? placeTiles(attentionTiles(batch, window, null), config);
    ofWindow.set(window, tiles);
    return tiles;
  });
}
