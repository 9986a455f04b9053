/**
 * One new token through the model for each open sample. In: weights, samples (their last token is put in). Out: normed hidden states, [rows, width],
 * on the host. Wrong: OUT_OF_MEMORY.
 */
import * as tf from '@tensorflow/tfjs-core';
import { scope } from '../backend/scope.ts';
import { feedForward, feedForwardOutput } from '../model/feed-forward-block.ts';
import { splitHeads } from '../model/heads.ts';
import type { PolicyWeights } from '../model/policy-weights.ts';
import { rmsNorm } from '../model/rms-norm.ts';
import type { RopeTable } from '../model/rope-table.ts';
import { gatherRows } from '../model/rows.ts';
import { attendNewTokens } from './decode-attention.ts';
import type { OpenSample } from './open-sample.ts';

export function decodeStep(weights: PolicyWeights, samples: readonly OpenSample[], ropes: readonly RopeTable[]): Float32Array {
  const { config, layers, embedding } = weights;
  const rows = samples.length;
  const tokens = Int32Array.from(samples, (sample) => sample.tokens.at(-1)!);
  const positions = Int32Array.from(samples, ({ prefix, tokens: own }) => prefix.length + own.length - 1);
  return scope(() => {
    let x = tf.tensor2d(gatherRows(embedding, config.width, tokens), [rows, config.width]);
    for (const [index, layer] of layers.entries()) {
      const projected: tf.Tensor2D = tf.matMul(rmsNorm(x, config.rmsNormEps).values, layer.qkv.forward);
      const heads = splitHeads(projected, positions, layer, config, ropes[index]!);
      const attended = tf.tensor2d(attendNewTokens(heads, samples, index, config), [rows, config.heads * config.headDim]);
      const middle = tf.add<tf.Tensor2D>(x, tf.matMul(attended, layer.output.forward));
      x = tf.add<tf.Tensor2D>(middle, feedForwardOutput(feedForward(rmsNorm(middle, config.rmsNormEps).values, layer.feedForward), layer.feedForward));
    }
    return rmsNorm(x, config.rmsNormEps).values.dataSync<'float32'>();
  });
}
