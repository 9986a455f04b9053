/**
 * The last hidden states at the ends of prompts, as `transformers` has them: behind the final norm and its weight. In: a prompt, or groups whose pack went forward. Out: [width] each, in order.
 * Wrong: OUT_OF_MEMORY.
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
    return stateAt(model, readView(result.output.values), 0);
  } finally {
    disposeForward(result);
  }
}

/** @param batch the groups, each with a response that has a token; @param hidden normed states of its output rows, [outputs, width], without the norm's weight */
export function promptStates(model: PolicyModel, groups: readonly TrainingGroup[], batch: PackedBatch, hidden: tf.Tensor2D): PromptState[] {
  const values = readView(hidden);
  let first = 0; // of the group's responses
  return groups.map(({ responses }) => {
    const state = stateAt(model, values, batch.predictions[first]!.outputs[0]!); // the prompt's last row predicts a first token
    first += responses.length;
    return { state, rewards: responses.flatMap(({ reward }) => reward ?? []) };
  });
}

function stateAt({ weights: { config, head } }: PolicyModel, values: ReturnType<typeof readView>, output: number): Float32Array {
  const state = Float32Array.from(values.subarray(output * config.width, (output + 1) * config.width));
  const scale = head.inputScale;
  if (scale !== null) for (let i = 0; i < state.length; i++) state[i]! *= scale[i]!;
  return state;
}
