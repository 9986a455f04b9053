import type { ModelConfig } from '../../../../model-files/model-config.ts';
import { blockTokens } from '../../kernels/attend.ts';
import { layerStruct, rowStruct, threads } from './pass-struct.ts';
import { reduce } from './reduce.ts';

const segmentsAtOnce = threads / blockTokens;

/**
 * softmax(q K^T) V of a row's token over the tokens that it sees, a head of a row a workgroup, 16 segments at a time with their largest score kept (Milakov and Gimelshein 2018).
 * lists: of each segment its block and the position of its first token, and after the last one where the next would begin. attended: [rows, H * D].
 */
export function attendShader({ layers, heads, kvHeads, headDim }: ModelConfig): string {
  const blockFloats = layers * kvHeads * 2 * blockTokens * headDim;
  const parts = Math.floor(threads / headDim); // of the sum over tokens
  return /* wgsl */ `
${layerStruct}
${rowStruct}
@group(0) @binding(0) var<uniform> layer: Layer;
@group(0) @binding(1) var<storage, read> rows: array<Row>;
@group(0) @binding(2) var<storage, read> lists: array<vec2<u32>>;
@group(0) @binding(3) var<storage, read> qkv: array<f32>;
@group(0) @binding(4) var<storage, read> cache: array<f32>;
@group(0) @binding(5) var<storage, read_write> attended: array<f32>;
var<workgroup> query: array<f32, ${headDim}>;
var<workgroup> weights: array<f32, ${threads}>;
var<workgroup> places: array<u32, ${segmentsAtOnce}>;
${reduce('largestOf', 'max(a, b)')}
${reduce('sumOf', 'a + b')}

@compute @workgroup_size(${threads})
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) thread: u32) {
  let head = group.x;
  let row = rows[group.y];
  let length = row.position + 1u;
  let seenFrom = select(0u, length - layer.window, layer.window > 0u && length > layer.window);
  if (thread < ${headDim}u) {
    query[thread] = qkv[(group.y * ${heads + 2 * kvHeads}u + head) * ${headDim}u + thread];
  }
  let ofHead = (layer.index * ${kvHeads}u + head / ${heads / kvHeads}u) * ${2 * blockTokens * headDim}u;
  let column = thread % ${headDim}u;
  let part = thread / ${headDim}u;
  var largest = -1e30;
  var total = 0.0;
  var mixed = 0.0;
  for (var first = 0u; first < row.segments; first += ${segmentsAtOnce}u) {
    workgroupBarrier();
    let segment = first + thread / ${blockTokens}u;
    let slot = thread % ${blockTokens}u;
    var score = -1e30;
    var isSeen = false;
    if (segment < row.segments) {
      let listed = lists[row.list + segment];
      let position = listed.y + slot;
      let keys = listed.x * ${blockFloats}u + ofHead;
      if (slot == 0u) {
        places[thread / ${blockTokens}u] = keys + ${blockTokens * headDim}u;
      }
      isSeen = position < min(lists[row.list + segment + 1u].y, length) && position >= seenFrom;
      if (isSeen) {
        score = 0.0;
        for (var i = 0u; i < ${headDim}u; i++) {
          score = fma(query[i], cache[keys + i * ${blockTokens}u + slot], score);
        }
      }
    }
    let most = max(largest, largestOf(score, thread));
    let weight = select(0.0, exp(score - most), isSeen);
    weights[thread] = weight;
    let kept = exp(largest - most);
    total = total * kept + sumOf(weight, thread);
    mixed *= kept;
    largest = most;
    if (part < ${parts}u) {
      let tokens = min(${threads}u, (row.segments - first) * ${blockTokens}u);
      for (var token = part; token < tokens; token += ${parts}u) {
        mixed = fma(weights[token], cache[places[token / ${blockTokens}u] + (token % ${blockTokens}u) * ${headDim}u + column], mixed);
      }
    }
  }
  workgroupBarrier();
  weights[thread] = mixed;
  workgroupBarrier();
  if (thread < ${headDim}u) {
    var sum = 0.0;
    for (var i = 0u; i < ${parts}u; i++) {
      sum += weights[i * ${headDim}u + thread];
    }
    attended[(group.y * ${heads}u + head) * ${headDim}u + thread] = sum / total;
  }
}`;
}
