import { threads } from './pass-struct.ts';
import { reduce } from './reduce.ts';

/** y = x / sqrt(mean(x^2) + eps), a row a workgroup; the norm's weight is folded into the matrix after it. x and y: [rows, width]. */
export function rmsNormShader(width: number, eps: number): string {
  return /* wgsl */ `
@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read_write> y: array<f32>;
${reduce('sumOf', 'a + b')}

@compute @workgroup_size(${threads})
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) thread: u32) {
  let start = group.x * ${width}u;
  var squares = 0.0;
  for (var i = thread; i < ${width}u; i += ${threads}u) {
    let value = x[start + i];
    squares = fma(value, value, squares);
  }
  let scale = 1.0 / sqrt(sumOf(squares, thread) / ${width}.0 + ${eps});
  for (var i = thread; i < ${width}u; i += ${threads}u) {
    y[start + i] = x[start + i] * scale;
  }
}`;
}
