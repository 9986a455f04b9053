/** The losses of a pack's responses. How they are computed is the backend's matter: `openLosses`. Wrong: OUT_OF_MEMORY. */
import type * as tf from '@tensorflow/tfjs-core';
import { onGpu } from '../backend/on-gpu.ts';
import type { Linear } from '../model/linear.ts';
import type { PackedBatch } from '../model/packed-batch.ts';
import { DeviceLosses } from './device-losses.ts';
import type { Gradients } from './gradients.ts';
import { ResponseLosses } from './response-losses.ts';
import type { ResponseLogprobs, ResponseTokens } from './response-targets.ts';

export interface PassLosses {
  /** In the order of the pack's responses. */
  logprobs(): ResponseLogprobs[];
  /**
   * @param slopes derivative of the loss with regard to each token's log-probability, by response
   * @returns [outputs, width], the caller's; the head's gradient goes to the store
   */
  backward(slopes: readonly Float64Array[], store: Gradients): tf.Tensor2D;
  dispose(): void;
}

/**
 * @param hidden normed states of the output rows, [outputs, width]; stay the caller's
 * @param responses in the order of `batch.predictions`
 */
export function openLosses(head: Linear, hidden: tf.Tensor2D, batch: PackedBatch, responses: readonly ResponseTokens[], temperature: number): PassLosses {
  const Losses = onGpu() ? DeviceLosses : ResponseLosses;
  return new Losses(head, hidden, batch, responses, temperature);
}
