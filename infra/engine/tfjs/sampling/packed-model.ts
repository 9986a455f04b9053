/**
 * A model's matrices as the kernels want them: in panels, the weight of the norm before them folded in, gate and up side by side. In: weights, an arena. Out: where
 * they are; `fill` puts the weights' values there, again after each change. Wrong: OUT_OF_MEMORY, MODEL_UNSUPPORTED for heads that no vector fits.
 */
import { PretrainZeroError } from '../../../../schemas/pretrain-zero-error.ts';
import type { ModelConfig } from '../../model-files/model-config.ts';
import type { Linear } from '../model/linear.ts';
import type { PolicyWeights } from '../model/policy-weights.ts';
import type { Arena } from './arena.ts';
import { panelColumns } from './kernels/multiply.ts';

export interface PackedMatrix {
  readonly address: number;
  readonly inputs: number;
  readonly panels: number;
}

export interface PackedLayer {
  readonly qkv: PackedMatrix;
  readonly output: PackedMatrix;
  readonly gateUp: PackedMatrix;
  readonly down: PackedMatrix;
}

/** A plain value, which threads share. */
export interface PackedModel {
  readonly layers: readonly PackedLayer[];
  readonly head: PackedMatrix;
}

/** Columns of a row in the kernels' memory, the last ones zero. */
export function paddedColumns(columns: number): number {
  return Math.ceil(columns / panelColumns) * panelColumns;
}

export function placeModel({ layers, head, config }: PolicyWeights, arena: Arena): PackedModel {
  refuseOddHeads(config);
  const place = (...sideBySide: readonly Linear[]): PackedMatrix => {
    const { inputs } = sideBySide[0]!;
    const columns = sideBySide.reduce((sum, { outputs }) => sum + paddedColumns(outputs), 0);
    return { address: arena.allocate(4 * inputs * columns), inputs, panels: columns / panelColumns };
  };
  return {
    layers: layers.map(({ qkv, output, gate, up, down }) => ({ qkv: place(qkv), output: place(output), gateUp: place(gate, up), down: place(down) })),
    head: place(head),
  };
}

export function fillModel(packed: PackedModel, { layers, head }: PolicyWeights, arena: Arena): void {
  const { floats } = arena;
  const fill = ({ address }: PackedMatrix, ...sideBySide: readonly Linear[]): void => {
    let to = address / 4;
    for (const linear of sideBySide) to = packPanels(floats, to, linear.transposed(), linear.inputs, linear.outputs);
  };
  for (const [index, { qkv, output, gate, up, down }] of layers.entries()) {
    const layer = packed.layers[index]!;
    fill(layer.qkv, qkv);
    fill(layer.output, output);
    fill(layer.gateUp, gate, up);
    fill(layer.down, down);
  }
  fill(packed.head, head);
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

function refuseOddHeads({ headDim }: ModelConfig): void {
  if (headDim % 4 === 0) return;
  throw new PretrainZeroError('MODEL_UNSUPPORTED', `A head of ${headDim} dimensions cannot be sampled from: it is not a multiple of 4`, { key: 'head_dim' });
}
