/**
 * A step of the paper's size as a run would commit it, without a model: 32 paragraphs, 8 masks each, 8 predictions a mask, short responses. In: its number, of how many, and shape. Out: the commit,
 * a function of them. Rewards, advantages, drops, ledger and means are the operators' own; how often a mask is solved depends on its word, and rises over the steps.
 */
import { from, lastValueFrom, toArray } from 'rxjs';
import { closeLedger } from '../../../operators/flow/ledger.ts';
import type { StepCommit } from '../../../operators/ports/run-store.ts';
import { scoreGroups } from '../../../operators/rewards/score-groups.ts';
import { maskRolloutId, paragraphId, passageId, predictionRolloutId } from '../../../operators/rollouts/ids.ts';
import { stepStatistics } from '../../../operators/training/step-statistics.ts';
import type { PredictionGroups } from '../../../schemas/records/edges.ts';
import type { Paragraph } from '../../../schemas/records/paragraph.ts';
import { baseConfig } from '../../base-config.ts';
import { words } from './simulated-words.ts';

export interface StepShape {
  readonly paragraphs: number;
  readonly masks: number;
  readonly predictions: number;
  /** Paragraphs of the corpus: a run goes through it again and again. */
  readonly corpus: number;
}

export const paperShape: StepShape = { paragraphs: 32, masks: 8, predictions: 8, corpus: 20_000 };

export async function simulatedStep(step: number, steps: number, shape: StepShape = paperShape): Promise<StepCommit> {
  const messages = Array.from({ length: shape.paragraphs }, (_, slot) => simulatedParagraph(step, steps, slot, shape));
  const paragraphs = await lastValueFrom(from(messages).pipe(scoreGroups({ config: baseConfig(), deadLetters: () => undefined }), toArray()));
  const { oldestPolicyVersion, ...statistics } = stepStatistics(paragraphs);
  const random = xorshift(step);
  const report = {
    ...statistics,
    criticLoss: null,
    criticExplainedVariance: null,
    ...{ instability: 0.01 * random(), harm: null, imbalance: 0.05 + 0.01 * random(), barren: 0.5 + 0.05 * random(), heldOutStep: null, bestHeldOutStep: null },
    step,
    policyVersion: step,
    oldestPolicyVersion: oldestPolicyVersion ?? step - 1,
    learningRate: 5e-7 * (0.5 + 0.5 * Math.cos((Math.PI * step) / steps)),
    loss: 0.02 * random(),
    gradientNorm: 0.3 + 0.2 * random(),
    updateNorm: 0.01 * random(),
    clippedLowShare: 0.002 * random(),
    clippedHighShare: 0.003 * random(),
    cappedShare: 0,
    ratioMean: 1,
    entropyMean: 0.4 + 0.3 * Math.exp(-step / 600) + 0.05 * random(),
    logprobDriftMean: 1e-5 * random(),
    logprobDriftMax: 1e-4,
    tokensComputed: 60_000,
    tokensInRows: 240_000,
    ledger: closeLedger(paragraphs, new Map()),
  };
  return { step, paragraphs, rescored: false, gradientBatches: [], evaluations: [], deadLetters: [], report, corpusPosition: { ordinal: step * shape.paragraphs }, pending: [], pendingLetters: [], checkpoint: false };
}

function simulatedParagraph(step: number, steps: number, slot: number, shape: StepShape): PredictionGroups {
  const ordinal = (step - 1) * shape.paragraphs + slot;
  const page = ordinal % shape.corpus;
  const text = paragraphText(page);
  const random = xorshift(ordinal + 1);
  const paragraph: Paragraph = {
    id: paragraphId(step, slot),
    step,
    slot,
    cohortFirstSlot: 0,
    cohortSize: shape.paragraphs,
    text: text.join(' '),
    tokenCount: 2 * text.length,
    title: `${text[0]!} ${page}`,
    sections: ['History'],
    file: 'simulated.xml.bz2',
    pageId: String(page),
    byteOffset: page * 1000,
    paragraphIndex: 0,
    ordinal,
    epoch: Math.floor(ordinal / shape.corpus),
    tokenEntropies: null,
  };
  const of = { paragraphId: paragraph.id, step, slot };
  const prompts = Array.from({ length: 1 + shape.masks }, () => tokens(80, random));
  const rollout = (id: string, index: number, promptTokens: number[], before: string, answer: string | null) => {
    const opening = answer === null ? '' : before;
    const responseTokens = tokens(12, random);
    return {
      ...of,
      id,
      index,
      seed: Math.floor(random() * 2 ** 32),
      policyVersion: step - 1,
      promptTemplate: 'short@1',
      promptTokens,
      responseTokens,
      logprobs: responseTokens.map(() => Math.fround(-((-Math.log(1 - random())) ** 3) / 4)),
      finishReason: 'stop' as const,
      responseText: answer === null ? 'I do not know.' : `${opening}${answer}}`,
      answer,
      answerStart: answer === null ? null : opening.length,
      answerEnd: answer === null ? null : opening.length + answer.length,
      value: null,
    };
  };
  const indices = Array.from({ length: shape.masks }, (_, index) => index);
  const chosen = indices.map(() => (random() < 0.02 ? null : text[Math.floor(random() * text.length)]!));
  const usable = indices.filter((index) => chosen[index] !== null);
  return {
    paragraph,
    maskRollouts: indices.map((index) => ({
      ...rollout(maskRolloutId(paragraph.id, index), index, prompts[0]!, 'A word worth hiding is \\mask{', chosen[index]!),
      rejection: chosen[index] === null ? ('no-mask' as const) : null,
      occurrences: chosen[index] === null ? null : 1,
      constraint: null,
    })),
    passages: usable.map((maskIndex) => {
      const maskText = chosen[maskIndex]!;
      const start = paragraph.text.indexOf(maskText);
      return { ...of, id: passageId(paragraph.id, maskIndex), maskIndex, maskRolloutId: maskRolloutId(paragraph.id, maskIndex), maskText, spanStarts: [start], text: paragraph.text.replace(maskText, '[mask]') };
    }),
    predictions: usable.flatMap((maskIndex) => {
      const truth = chosen[maskIndex]!;
      const skill = Math.min(0.98, (words.indexOf(truth) % 10) / 10 + (0.4 * step) / steps);
      return Array.from({ length: shape.predictions }, (_, index) => {
        const answer = random() < skill ? truth : words[Math.floor(random() * 40)]!;
        const own = rollout(predictionRolloutId(paragraph.id, maskIndex, index), index, prompts[1 + maskIndex]!, 'By the context it is \\boxed{', answer);
        return { ...own, passageId: passageId(paragraph.id, maskIndex), maskIndex, rejection: null, correct: answer === truth };
      });
    }),
  };
}

function paragraphText(page: number): string[] {
  const random = xorshift(1_000_003 + page);
  return Array.from({ length: 45 }, () => words[Math.floor(words.length ** random())]!);
}

/** Token ids with frequency ~ 1 / rank. */
function tokens(count: number, random: () => number): number[] {
  return Array.from({ length: count }, () => Math.floor(150_000 ** random()));
}

/** Marsaglia's xorshift32; uniform in [0, 1). */
function xorshift(seed: number): () => number {
  let state = Math.imul(seed, 0x9e3779b1) || 1;
  const next = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
  for (let i = 0; i < 4; i++) next();
  return next;
}
