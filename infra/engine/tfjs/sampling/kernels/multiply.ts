/**
 * Y = X W, or Y += X W, W in panels of 8 columns. Every element is summed over the inputs in their order, one product after the other: a row's result is the same
 * to the bit whatever rows are beside it. In: addresses, strides in bytes, counts. Nothing can go wrong.
 */
import { br, br_if, block, f32x4, func, i32, local, loop, v128, type Local } from 'wasmati';
import { whileBelow } from './loops.ts';

/** Columns of a panel. */
export const panelColumns = 8;
const panelStep = 4 * panelColumns; // bytes of one input's row of a panel
const tileRows = 4; // with 8 columns they fill the 16 registers of SSE and AVX
const vectors = panelColumns / 4;

/**
 * (x, strideX, rows, inputs, panels, panelCount, y, strideY): x [rows, inputs]; panels [panelCount, inputs, 8]; y [rows, 8 * panelCount].
 * @param adds to what y holds
 */
export function multiplyKernel(adds: boolean) {
  return func(
    {
      in: [i32, i32, i32, i32, i32, i32, i32, i32],
      locals: [i32, i32, i32, i32, i32, i32, i32, v128, i32, i32, i32, i32, v128, v128, v128, v128, v128, v128, v128, v128, v128, v128, v128, v128],
      out: [],
    },
    ([x, strideX, rows, inputs, panel, panelCount, y, strideY], [lastPanel, panelBytes, row, weight, weightEnd, out, rowsEnd, splat, ...rest]) => {
      const rowPointers = rest.slice(0, tileRows) as Local<'i32'>[];
      const weights = rest.slice(tileRows, tileRows + 2 * vectors) as Local<'v128'>[];
      const sums = rest.slice(tileRows + 2 * vectors) as Local<'v128'>[];

      /** `count` rows from `row` by `wide` panels from `panel`, to `out`. */
      const tile = (count: number, wide: number): void => {
        const columns = wide * vectors;
        for (let i = 0; i < count; i++) local.set(rowPointers[i]!, i === 0 ? row : i32.add(rowPointers[i - 1]!, strideX));
        local.set(weight, out);
        for (let i = 0; i < count; i++) {
          for (let c = 0; c < columns; c++) {
            local.set(sums[i * columns + c]!, adds ? v128.load({ offset: 16 * c }, weight) : v128.const('f32x4', [0, 0, 0, 0]));
          }
          local.set(weight, i32.add(weight, strideY));
        }
        local.set(weight, panel);
        local.set(weightEnd, i32.add(panel, panelBytes));
        whileBelow(weight, weightEnd, panelStep, () => {
          for (let c = 0; c < columns; c++) {
            const inFirst = c < vectors;
            local.set(weights[c]!, v128.load({ offset: 16 * (c % vectors) }, inFirst ? weight : i32.add(weight, panelBytes)));
          }
          for (let i = 0; i < count; i++) {
            local.set(splat, v128.load32_splat({}, rowPointers[i]!));
            for (let c = 0; c < columns; c++) {
              const sum = sums[i * columns + c]!;
              local.set(sum, f32x4.add(sum, f32x4.mul(splat, weights[c]!)));
            }
            local.set(rowPointers[i]!, i32.add(rowPointers[i]!, 4));
          }
        });
        for (let i = 0; i < count; i++) {
          for (let c = 0; c < columns; c++) v128.store({ offset: 16 * c }, out, sums[i * columns + c]!);
          local.set(out, i32.add(out, strideY));
        }
      };
      const nextPanels = (wide: number): void => {
        local.set(y, i32.add(y, wide * panelStep));
        local.set(panel, i32.add(panel, i32.mul(panelBytes, wide)));
      };

      local.set(panelBytes, i32.mul(inputs, panelStep));
      local.set(lastPanel, i32.add(panel, i32.mul(i32.sub(panelCount, 1), panelBytes)));
      local.set(rowsEnd, i32.add(x, i32.mul(rows, strideX)));
      // One row alone: two panels at once, so that the additions of one need not wait for each other.
      block(null, (severalRows) => {
        i32.ne(rows, 1);
        br_if(severalRows);
        local.set(row, x);
        whileBelow(panel, lastPanel, 0, () => {
          local.set(out, y);
          tile(1, 2);
          nextPanels(2);
        });
      });
      local.set(lastPanel, i32.add(lastPanel, panelBytes));
      whileBelow(panel, lastPanel, 0, () => {
        local.set(row, x);
        local.set(out, y);
        block(null, (done) => {
          loop(null, (again) => {
            i32.gt_u(i32.add(row, i32.mul(strideX, tileRows)), rowsEnd);
            br_if(done);
            tile(tileRows, 1);
            local.set(row, i32.add(row, i32.mul(strideX, tileRows)));
            br(again);
          });
        });
        whileBelow(row, rowsEnd, strideX, () => tile(1, 1));
        nextPanels(1);
      });
    },
  );
}
