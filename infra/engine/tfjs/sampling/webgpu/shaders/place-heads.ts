import type { ModelConfig } from '../../../../model-files/model-config.ts';
import { blockTokens } from '../../kernels/attend.ts';
import { layerStruct, rowStruct } from './pass-struct.ts';

const lanes = 64; // threads of a workgroup

/**
 * Between the fused projection and attention, a head of a row a workgroup: biases, QK-norm, rotary embedding, the scale 1 / sqrt(headDim), and keys and values to their places in the
 * cache, which is laid out as `CacheBlocks` says. qkv: [rows, (H + 2K) * D], of which queries are changed in place. small: biases [(H + 2K) * D], then the norms of queries and keys
 * [D] each; zeros and ones where the model has none.
 */
export function placeHeadsShader({ layers, heads, kvHeads, headDim, qkNorm, rmsNormEps }: ModelConfig): string {
  const half = headDim / 2;
  const all = heads + 2 * kvHeads;
  const blockFloats = layers * kvHeads * 2 * blockTokens * headDim;
  const inverse = qkNorm ? `1.0 / sqrt(total / ${headDim}.0 + ${rmsNormEps})` : '1.0';
  return /* wgsl */ `
${layerStruct}
${rowStruct}
@group(0) @binding(0) var<uniform> layer: Layer;
@group(0) @binding(1) var<storage, read> rows: array<Row>;
@group(0) @binding(2) var<storage, read> rotations: array<vec2<f32>>; // [tables, rows, D / 2], cosine and sine
@group(0) @binding(3) var<storage, read> small: array<f32>;
@group(0) @binding(4) var<storage, read_write> qkv: array<f32>;
@group(0) @binding(5) var<storage, read_write> cache: array<f32>;
var<workgroup> squares: array<f32, ${lanes}>;

@compute @workgroup_size(${lanes})
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>, @builtin(local_invocation_index) thread: u32) {
  let head = group.x;
  let at = (group.y * ${all}u + head) * ${headDim}u;
  let bias = head * ${headDim}u;
  var square = 0.0;
  for (var i = thread; i < ${headDim}u; i += ${lanes}u) {
    let value = qkv[at + i] + small[bias + i];
    square = fma(value, value, square);
  }
  squares[thread] = square;
  workgroupBarrier();
  var total = 0.0;
  for (var i = 0u; i < ${lanes}u; i++) {
    total += squares[i];
  }
  let place = rows[group.y].place;
  let block = (place / ${blockTokens}u) * ${blockFloats}u + layer.index * ${kvHeads * 2 * blockTokens * headDim}u;
  let slot = place % ${blockTokens}u;
  if (head >= ${heads + kvHeads}u) {
    let to = block + (2u * (head - ${heads + kvHeads}u) + 1u) * ${blockTokens * headDim}u + slot * ${headDim}u;
    for (var i = thread; i < ${headDim}u; i += ${lanes}u) {
      cache[to + i] = qkv[at + i] + small[bias + i];
    }
    return;
  }
  let isQuery = head < ${heads}u;
  let norm = ${all * headDim}u + select(${headDim}u, 0u, isQuery);
  let scale = ${inverse} * select(1.0, ${1 / Math.sqrt(headDim)}, isQuery);
  let angles = (layer.rotation * groups.y + group.y) * ${half}u;
  let keys = block + 2u * (head - ${heads}u) * ${blockTokens * headDim}u + slot;
  for (var i = thread; i < ${half}u; i += ${lanes}u) {
    let a = (qkv[at + i] + small[bias + i]) * scale * small[norm + i];
    let b = (qkv[at + ${half}u + i] + small[bias + ${half}u + i]) * scale * small[norm + ${half}u + i];
    let turn = rotations[angles + i];
    let low = a * turn.x - b * turn.y;
    let high = b * turn.x + a * turn.y;
    if (isQuery) {
      qkv[at + i] = low;
      qkv[at + ${half}u + i] = high;
    } else {
      cache[keys + i * ${blockTokens}u] = low;
      cache[keys + (${half}u + i) * ${blockTokens}u] = high;
    }
  }
}`;
}
