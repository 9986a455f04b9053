/** y = x / sqrt(mean(x^2) + eps), row by row (Zhang and Sennrich 2019), without its weight, which the layer after it has folded in. Nothing can go wrong. */
import { f32, f32x4, func, i32, local, v128 } from 'wasmati';
import { sumLanes } from './lanes.ts';
import { whileBelow } from './loops.ts';

/** (x, rows, stride, width, eps, y): stride in bytes, of both; columns from `width` on hold zeros. */
export function rmsNormKernel() {
  return func({ in: [i32, i32, i32, i32, f32, i32], locals: [i32, i32, i32, v128, v128], out: [] }, ([x, rows, stride, width, eps, y], [rowsEnd, column, columnsEnd, value, sum]) => {
    local.set(rowsEnd, i32.add(x, i32.mul(rows, stride)));
    whileBelow(x, rowsEnd, stride, () => {
      local.set(columnsEnd, i32.add(x, i32.shl(width, 2)));
      local.set(sum, v128.const('f32x4', [0, 0, 0, 0]));
      local.set(column, x);
      whileBelow(column, columnsEnd, 16, () => {
        local.set(value, v128.load({}, column));
        local.set(sum, f32x4.add(sum, f32x4.mul(value, value)));
      });
      const mean = f32.div(sumLanes(sum), f32.convert_i32_s(width));
      local.set(sum, f32x4.splat(f32.div(1, f32.sqrt(f32.add(mean, eps)))));
      local.set(column, 0);
      local.set(columnsEnd, i32.shl(width, 2));
      whileBelow(column, columnsEnd, 16, () => {
        v128.store({}, i32.add(y, column), f32x4.mul(v128.load({}, i32.add(x, column)), sum));
      });
      local.set(y, i32.add(y, stride));
    });
  });
}
