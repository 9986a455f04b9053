import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as tf from '@tensorflow/tfjs-core';
import { packShared } from '../../../../../infra/engine/tfjs/model/packed-batch.ts';
import { PolicyWeights } from '../../../../../infra/engine/tfjs/model/policy-weights.ts';
import { openGradients } from '../../../../../infra/engine/tfjs/training/open-gradients.ts';
import { ResponseLosses } from '../../../../../infra/engine/tfjs/training/response-losses.ts';
import type { ResponseTokens } from '../../../../../infra/engine/tfjs/training/response-targets.ts';
import { assertNear } from '../../assert-near.ts';
import { onTestedBackend, startTestedBackend } from '../../tested-backend.ts';
import { livelyWeights, tinyConfig } from '../open-model.ts';

const temperature = 0.7;
const inputs = [
  { promptTokens: [1, 2], responses: [[3, 4, 5], [6]] },
  { promptTokens: [9], responses: [[9, 9, 47, 0]] },
];
const unrestricted = inputs.flatMap((input) => input.responses).map((tokens) => ({ tokens }));
/** The second token of two responses could only have been one of a few. */
const restricted: readonly ResponseTokens[] = [{ tokens: [3, 4, 5], allowed: [null, [4, 7, 12], null] }, { tokens: [6] }, { tokens: [9, 9, 47, 0], allowed: [null, [9], [2, 47], null] }];
const slopes = [[0.5, -2, 0], [1.5], [-1, 0.25, 0, 3]].map((each) => Float64Array.from(each));

interface Found {
  readonly logprobs: readonly number[][];
  readonly entropies: readonly number[][];
  readonly ofHidden: readonly number[];
  readonly ofHead: readonly number[];
  readonly ofNorm: readonly number[];
}

describe(`losses of responses${onTestedBackend()}`, () => {
  for (const tiedEmbeddings of [true, false]) {
    test(`have the gradients of the formula, embeddings ${tiedEmbeddings ? 'tied' : 'apart'}`, async () => {
      const { weights, hidden, batch } = await open(tiedEmbeddings);
      for (const responses of [unrestricted, restricted]) assertNear(onDevice(weights, hidden, batch, responses), byFormula(weights, hidden, batch, responses));
    });

    test(`are the same however many rows of the vocabulary are computed at once, embeddings ${tiedEmbeddings ? 'tied' : 'apart'}`, async () => {
      const { weights, hidden, batch } = await open(tiedEmbeddings);
      const before = tf.memory().numTensors;
      for (const responses of [unrestricted, restricted]) {
        const whole = onDevice(weights, hidden, batch, responses);
        for (const size of [1, 3, 4]) assertNear(onDevice(weights, hidden, batch, responses, size), whole);
      }
      assert.equal(tf.memory().numTensors, before);
    });
  }
});

async function open(tiedEmbeddings: boolean): Promise<{ weights: PolicyWeights; hidden: number[]; batch: ReturnType<typeof packShared> }> {
  await startTestedBackend();
  const config = { ...tinyConfig, tiedEmbeddings };
  const weights = new PolicyWeights(config, livelyWeights(config));
  assert.deepEqual(weights.head.forward.shape, [...weights.head.backward.shape].reverse()); // both are on the device from here on
  const batch = packShared(inputs);
  return { weights, batch, hidden: Array.from({ length: batch.outputRows.length * config.width }, (_, i) => Math.fround(Math.sin(1.7 * i))) };
}

function onDevice(weights: PolicyWeights, values: readonly number[], batch: ReturnType<typeof packShared>, responses: readonly ResponseTokens[], size?: number): Found {
  const { head } = weights;
  const hidden = tf.tensor2d([...values], [batch.outputRows.length, head.inputs]);
  const losses = new ResponseLosses(head, hidden, batch, responses, temperature, size);
  const store = openGradients(weights);
  const seen = losses.logprobs();
  const gradient = losses.backward(slopes, store);
  const ofHidden = [...gradient.dataSync()];
  gradient.dispose();
  losses.dispose();
  hidden.dispose();
  const gradients = store.collect();
  return {
    logprobs: seen.map(({ logprobs }) => [...logprobs]),
    entropies: seen.map(({ entropies }) => [...entropies]),
    ofHidden,
    ofHead: [...gradients.get(head.parts[0]!.name)!],
    ofNorm: [...gradients.get(head.norm!.name)!],
  };
}

/** In float64, logit by logit. */
function byFormula({ head }: PolicyWeights, hidden: readonly number[], batch: ReturnType<typeof packShared>, responses: readonly ResponseTokens[]): Found {
  const { inputs: width, outputs: vocabularySize } = head;
  const { weight } = head.parts[0]!;
  const scale = head.inputScale!;
  const ofHidden = hidden.map(() => 0);
  const ofHead = [...weight].map(() => 0);
  const ofNorm = [...scale].map(() => 0);
  const results = responses.map(({ tokens, allowed }, response) => tokens.map((token, index) => {
    const isAllowed = (v: number): boolean => allowed?.[index]?.includes(v) ?? true;
    const row = batch.predictions[response]!.outputs[index]! * width;
    const logits = Array.from({ length: vocabularySize }, (_, v) => sum(width, (i) => hidden[row + i]! * scale[i]! * weight[v * width + i]!) / temperature);
    const normaliser = Math.log(sum(vocabularySize, (v) => (isAllowed(v) ? Math.exp(logits[v]!) : 0)));
    const probabilities = logits.map((logit, v) => (isAllowed(v) ? Math.exp(logit - normaliser) : 0));
    probabilities.forEach((p, v) => {
      const slope = (slopes[response]![index]! * ((v === token ? 1 : 0) - p)) / temperature;
      for (let i = 0; i < width; i++) {
        ofHidden[row + i]! += slope * scale[i]! * weight[v * width + i]!;
        ofHead[v * width + i]! += slope * scale[i]! * hidden[row + i]!;
        ofNorm[i]! += slope * hidden[row + i]! * weight[v * width + i]!;
      }
    });
    return { logprob: logits[token]! - normaliser, entropy: -sum(vocabularySize, (v) => (probabilities[v]! === 0 ? 0 : probabilities[v]! * Math.log(probabilities[v]!))) };
  }));
  return { logprobs: results.map((each) => each.map(({ logprob }) => logprob)), entropies: results.map((each) => each.map(({ entropy }) => entropy)), ofHidden, ofHead, ofNorm };
}

function sum(count: number, of: (i: number) => number): number {
  return Array.from({ length: count }, (_, i) => of(i)).reduce((total, value) => total + value, 0);
}
