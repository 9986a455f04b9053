/**
 * The last hidden states at the ends of prompts, behind the final norm but not its weight: of root mean square 1 in any model. In: a prompt, or groups whose pack went forward. Out: [width] each,
 * in order. Wrong: OUT_OF_MEMORY.
 */
import type * as tf from '@tensorflow/tfjs-core';
import type { TrainingGroup } from '../../../../operators/ports/engine.ts';
import { readView } from '../backend/read-view.ts';
import { disposeForward, forward } from '../model/forward.ts';
import { packShared, type PackedBatch } from '../model/packed-batch.ts';
import type { PolicyModel } from '../model/policy-model.ts';
import type { PromptState } from './value-head.ts';

/** One pass, of the prompt alone. */
export function promptPass(promptTokens: readonly number[], model: PolicyModel): Float32Array {
  const result = forward(model, packShared([{ promptTokens, responses: [] }]), 'nothing');
  try {
    return stateAt(readView(result.output.values), 0, model.weights.config.width);
  } finally {
    disposeForward(result);
  }
}

/** @param batch the groups, each with a response that has a token; @param hidden normed states of its output rows, [outputs, width] */
export function promptStates(groups: readonly TrainingGroup[], batch: PackedBatch, hidden: tf.Tensor2D): PromptState[] {
  const [values, width] = [readView(hidden), hidden.shape[1]];
  let first = 0; // of the group's responses
  return groups.map(({ responses }) => {
    const state = stateAt(values, batch.predictions[first]!.outputs[0]!, width); // the prompt's last row predicts a first token
    first += responses.length;
    return { state, rewards: responses.flatMap(({ reward }) => reward ?? []) };
  });
}

function stateAt(values: Float32Array, output: number, width: number): Float32Array {
  return values.slice(output * width, (output + 1) * width);
}
