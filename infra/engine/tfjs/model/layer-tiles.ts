/** The tiles of each layer. In: packed groups, a model's config. Out: by layer, tiles that the caller disposes. Wrong: OUT_OF_MEMORY. */
import { windowOfLayer } from '../../model-files/layer-kinds.ts';
import type { ModelConfig } from '../../model-files/model-config.ts';
import { placeTiles, type DeviceTile } from './attention.ts';
import { attentionTiles, type PackedGroup } from './attention-tile.ts';

/** Layers with the same window share one array; the last, of which only output rows are computed, has its own. */
export function layerTiles(groups: readonly PackedGroup[], config: ModelConfig): (readonly DeviceTile[])[] {
  const ofWindow = new Map<number | null, readonly DeviceTile[]>();
  return Array.from({ length: config.layers }, (_, layer) => {
    const window = windowOfLayer(config, layer);
    if (layer === config.layers - 1) return placeTiles(attentionTiles(groups, window, true), config);
    const tiles = ofWindow.get(window) ?? placeTiles(attentionTiles(groups, window, false), config);
    ofWindow.set(window, tiles);
    return tiles;
  });
}
