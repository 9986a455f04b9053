import { passStruct } from './pass-struct.ts';

/** Columns of a workgroup. */
export const columnsAtOnce = 16;
const slices = 16; // of a sum, each a thread's

/**
 * Y = X W or Y += X W, with X [rows, inputs], W [inputs, outputs], Y [rows, outputs]; inputs is a multiple of 4. A sum is cut into slices that depend on nothing but `inputs`: what
 * is computed of a row is the same to the bit whatever rows are beside it.
 * @param rowsAtOnce of a workgroup
 */
export function multiplyShader(rowsAtOnce: number): string {
  const rows = Array.from({ length: rowsAtOnce }, (_, row) => row);
  const each = (line: (row: number) => string): string => rows.map(line).join('\n');
  return /* wgsl */ `
${passStruct}
struct Shape {
  inputs: u32,
  outputs: u32,
  adds: u32,
};
@group(0) @binding(0) var<uniform> pass_: Pass;
@group(0) @binding(1) var<uniform> shape: Shape;
@group(0) @binding(2) var<storage, read> x: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read> w: array<f32>;
@group(0) @binding(4) var<storage, read_write> y: array<f32>;
var<workgroup> parts: array<f32, ${rowsAtOnce * slices * columnsAtOnce}>;

@compute @workgroup_size(${slices * columnsAtOnce})
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) thread: u32) {
  let column = group.x * ${columnsAtOnce}u + thread % ${columnsAtOnce}u;
  let first = group.y * ${rowsAtOnce}u;
  let quads = shape.inputs / 4u;
  ${each((row) => `var sum${row} = 0.0;`)}
  if (column < shape.outputs) {
    for (var quad = thread / ${columnsAtOnce}u; quad < quads; quad += ${slices}u) {
      let at = 4u * quad * shape.outputs + column;
      let b = vec4<f32>(w[at], w[at + shape.outputs], w[at + 2u * shape.outputs], w[at + 3u * shape.outputs]);
      var a = vec4<f32>(0.0);
      ${each((row) => `a = x[(first + ${row}u) * quads + quad]; sum${row} = fma(a.w, b.w, fma(a.z, b.z, fma(a.y, b.y, fma(a.x, b.x, sum${row}))));`)}
    }
  }
  ${each((row) => `parts[${row * slices * columnsAtOnce}u + thread] = sum${row};`)}
  workgroupBarrier();
  let row = thread / ${columnsAtOnce}u;
  if (row < ${rowsAtOnce}u && first + row < pass_.rows && column < shape.outputs) {
    var sum = 0.0;
    for (var slice = 0u; slice < ${slices}u; slice++) {
      sum += parts[(row * ${slices}u + slice) * ${columnsAtOnce}u + thread % ${columnsAtOnce}u];
    }
    let to = (first + row) * shape.outputs + column;
    y[to] = select(sum, y[to] + sum, shape.adds != 0u);
  }
}`;
}
