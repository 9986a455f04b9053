/** From logits to a distribution and a draw of it. In: addresses and counts. Nothing can go wrong: what is not a number stays one, for the caller to see. */
import { block, br_if, f32, f32x4, f64, f64x2, func, i32, i8x16, local, v128 } from 'wasmati';
import { exponential } from './exponential.ts';
import { largestLane } from './lanes.ts';
import { whileBelow } from './loops.ts';

/**
 * (logits, count, temperature, weights) -> the sum of the weights: logits become (logit - largest) / temperature, weights their exponentials.
 * Both have room for a multiple of 8.
 */
export function weighKernel() {
  return func(
    { in: [i32, i32, f32, i32], locals: [i32, i32, i32, v128, v128, v128, v128, v128, v128, v128], out: [f64] },
    ([logits, count, temperature, weights], [pointer, end, offset, x, power, isTiny, largest, divisor, low, high]) => {
      local.set(divisor, f32x4.splat(temperature));
      local.set(end, i32.add(logits, i32.shl(count, 2)));
      local.set(pointer, end);
      local.set(offset, i32.add(logits, i32.and(i32.add(i32.shl(count, 2), 15), -16)));
      whileBelow(pointer, offset, 4, () => f32.store({}, pointer, -Infinity));
      local.set(largest, v128.const('f32x4', [-Infinity, -Infinity, -Infinity, -Infinity]));
      local.set(pointer, logits);
      whileBelow(pointer, end, 16, () => local.set(largest, f32x4.max(largest, v128.load({}, pointer))));
      local.set(largest, f32x4.splat(largestLane(largest)));
      local.set(low, v128.const('f64x2', [0, 0]));
      local.set(high, v128.const('f64x2', [0, 0]));
      local.set(offset, i32.sub(weights, logits));
      local.set(pointer, logits);
      whileBelow(pointer, end, 16, () => {
        local.set(x, f32x4.div(f32x4.sub(v128.load({}, pointer), largest), divisor));
        v128.store({}, pointer, x);
        local.set(x, exponential({ x, power, isTiny }));
        v128.store({}, i32.add(pointer, offset), x);
        local.set(low, f64x2.add(low, f64x2.promote_low_f32x4(x)));
        local.set(high, f64x2.add(high, f64x2.promote_low_f32x4(i8x16.shuffle([8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15], x, x))));
      });
      local.set(low, f64x2.add(low, high));
      f64.add(f64x2.extract_lane(0, low), f64x2.extract_lane(1, low));
    },
  );
}

/** (weights, count, threshold) -> the first index up to which the weights sum to more than the threshold; -1 where they never do. */
export function invertKernel() {
  return func({ in: [i32, i32, f64], locals: [i32, i32, f64], out: [i32] }, ([weights, count, threshold], [pointer, end, sum]) => {
    local.set(pointer, weights);
    local.set(end, i32.add(weights, i32.shl(count, 2)));
    local.set(sum, f64.const(0));
    block(null, (found) => {
      whileBelow(pointer, end, 4, () => {
        local.set(sum, f64.add(sum, f64.promote_f32(f32.load({}, pointer))));
        f64.gt(sum, threshold);
        br_if(found);
      });
      local.set(pointer, i32.sub(weights, 4));
    });
    i32.shr_s(i32.sub(pointer, weights), 2);
  });
}
