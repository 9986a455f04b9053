import { passStruct, threads } from './pass-struct.ts';
import { reduce } from './reduce.ts';

/**
 * A token from the distribution softmax(logits / temperature) of an output, a draw a workgroup: the first up to which the weights, in the order of the vocabulary, sum to more than
 * the uniform number's share of all; the most probable where that number is negative. draws: output and uniform number. Out: the token, (logit - largest) / temperature, and the sum
 * of the weights, to which a logit that is not finite gives a value that is not.
 */
export function drawShader(vocabularySize: number): string {
  const chunk = Math.ceil(vocabularySize / threads); // of a thread
  return /* wgsl */ `
${passStruct}
struct Draw {
  output: u32,
  uniform_: f32,
};
struct Drawn {
  token: u32,
  logit: f32,
  total: f32,
};
@group(0) @binding(0) var<uniform> pass_: Pass;
@group(0) @binding(1) var<storage, read> draws: array<Draw>;
@group(0) @binding(2) var<storage, read> logits: array<f32>;
@group(0) @binding(3) var<storage, read_write> drawn: array<Drawn>;
var<workgroup> sums: array<f32, ${threads}>;
var<workgroup> weights: array<f32, ${threads}>;
var<workgroup> token: u32;
var<workgroup> chosen: u32; // chunk
var<workgroup> threshold: f32;
var<workgroup> before: f32; // weights of the tokens looked at
${reduce('largestOf', 'max(a, b)')}
${reduce('smallestOf', 'min(a, b)')}

@compute @workgroup_size(${threads})
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) thread: u32) {
  let draw = draws[group.x];
  let start = draw.output * ${vocabularySize}u;
  let begin = thread * ${chunk}u;
  let end = min(begin + ${chunk}u, ${vocabularySize}u);
  var most = -3.4e38;
  var best = begin;
  for (var i = begin; i < end; i++) {
    let logit = logits[start + i];
    if (logit > most) {
      most = logit;
      best = i;
    }
  }
  let largest = largestOf(most, thread);
  // Tokens are numbered below 2^24, as exact floats.
  let mostProbable = u32(smallestOf(select(3.4e38, f32(best), most == largest), thread));
  var sum = 0.0;
  for (var i = begin; i < end; i++) {
    sum += exp((logits[start + i] - largest) / pass_.temperature);
  }
  sums[thread] = sum;
  workgroupBarrier();
  if (thread == 0u) {
    var total = 0.0;
    for (var i = 0u; i < ${threads}u; i++) {
      total += sums[i];
    }
    drawn[group.x].total = total;
    threshold = draw.uniform_ * total;
    token = mostProbable;
    chosen = ${threads}u;
    before = 0.0;
    if (draw.uniform_ >= 0.0) {
      for (chosen = 0u; chosen < ${threads}u && before + sums[chosen] <= threshold; chosen++) {
        before += sums[chosen];
      }
    }
  }
  workgroupBarrier();
  for (var tile = 0u; tile < ${chunk}u; tile += ${threads}u) {
    let within = tile + thread;
    let index = chosen * ${chunk}u + within;
    weights[thread] = 0.0;
    if (chosen < ${threads}u && within < ${chunk}u && index < ${vocabularySize}u) {
      weights[thread] = exp((logits[start + index] - largest) / pass_.temperature);
    }
    workgroupBarrier();
    if (thread == 0u && chosen < ${threads}u) {
      for (var i = 0u; i < ${threads}u; i++) {
        before += weights[i];
        if (before > threshold) {
          token = chosen * ${chunk}u + tile + i;
          chosen = ${threads}u;
          break;
        }
      }
    }
    workgroupBarrier();
  }
  if (thread == 0u) {
    drawn[group.x].token = token;
    drawn[group.x].logit = (logits[start + token] - largest) / pass_.temperature;
  }
}`;
}
