import { passStruct, threads } from './pass-struct.ts';

/** gate = gate * sigmoid(gate) * up, in place; [rows, inner]. */
export function swiGluShader(inner: number): string {
  return /* wgsl */ `
${passStruct}
@group(0) @binding(0) var<uniform> pass_: Pass;
@group(0) @binding(1) var<storage, read_write> gate: array<f32>;
@group(0) @binding(2) var<storage, read> up: array<f32>;

@compute @workgroup_size(${threads})
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  if (id.x >= ${inner}u || id.y >= pass_.rows) {
    return;
  }
  let at = id.y * ${inner}u + id.x;
  let value = gate[at];
  gate[at] = value / (1.0 + exp(-value)) * up[at];
}`;
}
