import { threads } from './pass-struct.ts';

/**
 * A WGSL function over the values of a workgroup's threads, whose result all of them get; always in the same order.
 * @param combine of the expressions a and b
 */
export function reduce(name: string, combine: string): string {
  return /* wgsl */ `
var<workgroup> ${name}Values: array<f32, ${threads}>;
fn ${name}(value: f32, thread: u32) -> f32 {
  workgroupBarrier();
  ${name}Values[thread] = value;
  workgroupBarrier();
  for (var half = ${threads / 2}u; half > 0u; half /= 2u) {
    if (thread < half) {
      let a = ${name}Values[thread];
      let b = ${name}Values[thread + half];
      ${name}Values[thread] = ${combine};
    }
    workgroupBarrier();
  }
  return ${name}Values[0];
}`;
}
