/**
 * What is computed, as plain values that go to every contender as they are. In: a vocabulary and sizes. Out: prompts and rows of token ids, a function of
 * these alone. Nothing can go wrong.
 */
import { philox } from '../../../infra/engine/model-files/philox.ts';

export interface TokenGroup {
  readonly promptTokens: readonly number[];
  readonly responses: readonly (readonly number[])[];
}

/** What each measurement of one model is given. `microBatchRows` is for peers that compute rows, of which so many fit their memory and cache. */
export interface Workload {
  readonly step: {
    /** One mask prompt a paragraph. */
    readonly maskPrompts: readonly (readonly number[])[];
    /** Masked passages: those of a paragraph share what stands before their mask. */
    readonly predictionPrompts: readonly (readonly number[])[];
    readonly samplesPerPrompt: number;
    readonly newTokens: number;
    readonly microBatchRows: number;
  };
  readonly sampling: { readonly prompts: readonly (readonly number[])[]; readonly samplesPerPrompt: number; readonly newTokens: number };
  /** Cross-entropy on the responses, one optimiser step. */
  readonly training: { readonly groups: readonly TokenGroup[]; readonly microBatchRows: number };
}

const promptTokens = 128;
const newTokens = 64;
const groupSize = 8; // masks of a paragraph, samples of a prompt
const instructionTokens = 16; // before the passage
const maskedTokens = 4;

/** Tokens 1 to V - 1, each as likely; 0 ends a text. */
function randomTokens(count: number, vocabularySize: number, stream: number): number[] {
  const words = new Uint32Array(4);
  return Array.from({ length: count }, (_, i) => {
    philox([i, stream, 0, 0], [1, 0], words);
    return 1 + (words[0]! % (vocabularySize - 1));
  });
}

/** The prompts of one paragraph: its own, and its masked passages, the masks spread over it. */
function paragraphPrompts(vocabularySize: number, paragraph: number): { readonly mask: number[]; readonly predictions: number[][] } {
  const maskInstruction = randomTokens(instructionTokens, vocabularySize, 1);
  const predictionInstruction = randomTokens(instructionTokens, vocabularySize, 2);
  const text = randomTokens(promptTokens - instructionTokens, vocabularySize, 100 + paragraph);
  const mask = randomTokens(maskedTokens, vocabularySize, 3);
  const predictions = Array.from({ length: groupSize }, (_, i) => {
    const at = Math.floor(((i + 0.5) * (text.length - maskedTokens)) / groupSize);
    return [...predictionInstruction, ...text.slice(0, at), ...mask, ...text.slice(at + maskedTokens)];
  });
  return { mask: [...maskInstruction, ...text], predictions };
}

/** @param paragraphs of a step: 9 groups of 8 rollouts each */
export function stepWorkload(vocabularySize: number, paragraphs: number, microBatchRows: number): Workload['step'] {
  const prompts = Array.from({ length: paragraphs }, (_, paragraph) => paragraphPrompts(vocabularySize, paragraph));
  return {
    maskPrompts: prompts.map(({ mask }) => mask),
    predictionPrompts: prompts.flatMap(({ predictions }) => predictions),
    samplesPerPrompt: groupSize,
    newTokens,
    microBatchRows,
  };
}

export function samplingWorkload(vocabularySize: number, prompts: number, samplesPerPrompt: number): Workload['sampling'] {
  return {
    prompts: Array.from({ length: prompts }, (_, i) => randomTokens(promptTokens, vocabularySize, 1000 + i)),
    samplesPerPrompt,
    newTokens,
  };
}

/** Rows with nothing in common: every token but the first is predicted. */
export function unpackedWorkload(vocabularySize: number, rows: number, microBatchRows: number): Workload['training'] {
  const groups = Array.from({ length: rows }, (_, row) => {
    const [first, ...rest] = randomTokens(promptTokens + newTokens, vocabularySize, 2000 + row);
    return { promptTokens: [first!], responses: [rest] };
  });
  return { groups, microBatchRows };
}

/** The prediction groups of one paragraph, 8 responses each. */
export function packedWorkload(vocabularySize: number, microBatchRows: number): Workload['training'] {
  const { predictions } = paragraphPrompts(vocabularySize, 0);
  const groups = predictions.map((prompt, group) => ({
    promptTokens: prompt,
    responses: Array.from({ length: groupSize }, (_, i) => randomTokens(newTokens, vocabularySize, 3000 + group * groupSize + i)),
  }));
  return { groups, microBatchRows };
}

/** Small, for comparing what the contenders compute: two groups of three responses. */
export function checkGroups(vocabularySize: number): TokenGroup[] {
  return [0, 1].map((group) => ({
    promptTokens: randomTokens(24, vocabularySize, 4000 + group),
    responses: [0, 1, 2].map((i) => randomTokens(12, vocabularySize, 4100 + 3 * group + i)),
  }));
}
