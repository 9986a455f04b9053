/** SwiGLU (Shazeer 2020): a = g * u / (1 + exp(-g)). Nothing can go wrong. */
import { f32x4, func, i32, local, v128 } from 'wasmati';
import { exponential } from './exponential.ts';
import { whileBelow } from './loops.ts';

/** (gate, rows, strideIn, up, columns, activated, strideOut): `up` in bytes from the gate to the value it gates; strides in bytes; columns a multiple of 4. */
export function swiGluKernel() {
  return func(
    { in: [i32, i32, i32, i32, i32, i32, i32], locals: [i32, i32, i32, v128, v128, v128, v128], out: [] },
    ([gate, rows, strideIn, up, columns, activated, strideOut], [rowsEnd, column, columnsEnd, value, x, power, isTiny]) => {
      local.set(rowsEnd, i32.add(gate, i32.mul(rows, strideIn)));
      local.set(columnsEnd, i32.shl(columns, 2));
      whileBelow(gate, rowsEnd, strideIn, () => {
        local.set(column, 0);
        whileBelow(column, columnsEnd, 16, () => {
          local.set(value, v128.load({}, i32.add(gate, column)));
          local.set(x, f32x4.neg(value));
          const one = v128.const('f32x4', [1, 1, 1, 1]);
          local.set(x, f32x4.add(one, exponential({ x, power, isTiny })));
          const gated = f32x4.mul(value, v128.load({}, i32.add(i32.add(gate, column), up)));
          local.set(value, f32x4.div(gated, x));
          v128.store({}, i32.add(activated, column), value);
        });
        local.set(activated, i32.add(activated, strideOut));
      });
    },
  );
}
