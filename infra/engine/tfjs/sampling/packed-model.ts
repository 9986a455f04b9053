/**
 * A model's matrices as the kernels want them: in panels, the weight of the norm before them folded in, gate and up side by side. In: weights, an arena. Out: where
 * they are; `fillModel` puts the weights' values there, again after each change. Wrong: OUT_OF_MEMORY.
 */
import type { PolicyWeights } from '../model/policy-weights.ts';
import type { Arena } from './arena.ts';
import { panelColumns } from './kernels/multiply.ts';
import { modelMatrices } from './matrices.ts';

export interface PackedMatrix {
  readonly address: number;
  readonly inputs: number;
  readonly panels: number;
}

/** Columns of a row in the kernels' memory, the last ones zero. */
export function paddedColumns(columns: number): number {
  return Math.ceil(columns / panelColumns) * panelColumns;
}

/** By the number of the matrix; a plain value, which threads share. */
export function placeModel(weights: PolicyWeights, arena: Arena): PackedMatrix[] {
  return modelMatrices(weights).all.map((sideBySide) => {
    const { inputs } = sideBySide[0]!;
    const columns = sideBySide.reduce((sum, { outputs }) => sum + paddedColumns(outputs), 0);
    return { address: arena.allocate(4 * inputs * columns), inputs, panels: columns / panelColumns };
  });
}

export function fillModel(packed: readonly PackedMatrix[], weights: PolicyWeights, arena: Arena): void {
  const { floats } = arena;
  for (const [index, sideBySide] of modelMatrices(weights).all.entries()) {
    let to = packed[index]!.address / 4;
    for (const linear of sideBySide) to = packPanels(floats, to, linear.onHost(), linear.inputs, linear.outputs);
  }
}

/** From row-major [inputs, outputs] to [panels, inputs, 8]. @returns where the panels end */
function packPanels(target: Float32Array, start: number, source: Float32Array, inputs: number, outputs: number): number {
  let to = start;
  for (let column = 0; column < outputs; column += panelColumns) {
    const columns = Math.min(panelColumns, outputs - column);
    for (let input = 0; input < inputs; input++, to += panelColumns) {
      const from = input * outputs + column;
      for (let i = 0; i < columns; i++) target[to + i] = source[from + i]!;
    }
  }
  return to;
}
