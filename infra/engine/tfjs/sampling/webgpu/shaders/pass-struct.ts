/** What shaders read of a pass and of a layer, in WGSL; `PassTable` and `GpuLayer` write it. */

export const passStruct = /* wgsl */ `
struct Pass {
  rows: u32,
  draws: u32,
  temperature: f32,
};`;

export const layerStruct = /* wgsl */ `
struct Layer {
  index: u32,
  window: u32, // 0: none
  rotation: u32, // which of the pass's tables of rotations
};`;

/** A token on its way: its position, its place in the cache (block * 16 + slot), and the list of the segments that it sees: where it begins, and how many it has. */
export const rowStruct = /* wgsl */ `
struct Row {
  position: u32,
  place: u32,
  list: u32,
  segments: u32,
};`;

/** Threads of a workgroup. */
export const threads = 256;
