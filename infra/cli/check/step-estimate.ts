/**
 * What a run will take. In: a config, and its model's shape where that is known. Out: counts of a step, and bytes of memory and disk. Pure. Counts are exact or upper
 * bounds; bytes of activations and of the log are estimates, as their names say.
 */
import type { Config } from '../../../schemas/config/config.ts';
import { samplesPredictions } from '../../../schemas/config/samples-predictions.ts';
import { checkpointBytes, mostCheckpoints } from '../../checkpoints/checkpoint-room.ts';
import type { ModelConfig } from '../../engine/model-files/model-config.ts';
import { passTokens, samplingCacheBytes } from '../../engine/tfjs/model/passes.ts';

export interface StepEstimate {
  readonly paragraphs: number;
  readonly prompts: number;
  readonly maskRollouts: number;
  readonly predictionRollouts: number;
  readonly maxPromptTokens: number;
  /** Sampled, and trained on. */
  readonly maxResponseTokens: number;
  /** Positions through the model in training: each prompt once with all its responses; fewer where prompts begin alike. */
  readonly maxTrainedTokens: number;
  /** The same if every rollout were a row of its own. */
  readonly maxTokensInRows: number;
}

export interface MemoryEstimate {
  readonly parameters: number;
  readonly trainedParameters: number;
  /** Weights, gradients and both moments of AdamW in float32. */
  readonly modelBytes: number;
  /** Keys and values of the rows decoded together, each at its limit, or of as many as the engine decodes together for lack of room. */
  readonly maxCacheBytes: number;
  /** Of one training pass. */
  readonly approximateActivationBytes: number;
}

export interface DiskEstimate {
  /** Token ids and log-probabilities as they are; zstd makes them smaller. */
  readonly maxLogBytesPerStep: number;
  readonly checkpointBytes: number | null;
  readonly maxTotalBytes: number | null;
}

const floatBytes = 4;
/** Arrays of the residual width, and of the feed-forward width, that backward keeps of a layer. */
const keptOfWidth = 10;
const keptOfFfn = 4;
/** An int32 id, a float32 log-probability, and the text. */
const logBytesPerResponseToken = 12;
/** A prompt stands in each of its rollouts; zstd takes the repetition out. */
const logBytesPerPromptToken = 4;
const logBytesPerRollout = 64;

export function estimateStep({ pipeline, rollouts, masks: { atLeast }, corpus }: Config): StepEstimate {
  const { paragraphsPerStep: paragraphs, masksPerParagraph, predictionsPerMask, maxPromptTokens, maxMaskResponseTokens, maxPredictionResponseTokens } = rollouts;
  if (pipeline === 'continue-pretraining') {
    const tokens = paragraphs * corpus.maxTokens;
    return { paragraphs, prompts: 0, maskRollouts: 0, predictionRollouts: 0, maxPromptTokens: 0, maxResponseTokens: tokens, maxTrainedTokens: tokens, maxTokensInRows: tokens };
  }
  const masks = paragraphs * masksPerParagraph;
  if (!samplesPredictions(pipeline)) {
    const answers = masks * corpus.maxTokens; // an answer is part of its paragraph
    const tokens = masks * maxPromptTokens + answers;
    return { paragraphs, prompts: masks, maskRollouts: 0, predictionRollouts: 0, maxPromptTokens: masks * maxPromptTokens, maxResponseTokens: answers, maxTrainedTokens: tokens, maxTokensInRows: tokens };
  }
  const secondTries = pipeline === 'pretrain-zero' ? paragraphs * atLeast : 0;
  const maskRollouts = pipeline === 'pretrain-zero' ? masks + secondTries : 0;
  const predictionRollouts = masks * predictionsPerMask;
  const prompts = masks + (maskRollouts > 0 ? paragraphs : 0) + (secondTries > 0 ? paragraphs : 0);
  const maxResponseTokens = maskRollouts * maxMaskResponseTokens + predictionRollouts * maxPredictionResponseTokens;
  return {
    paragraphs,
    prompts,
    maskRollouts,
    predictionRollouts,
    maxPromptTokens: prompts * maxPromptTokens,
    maxResponseTokens,
    maxTrainedTokens: prompts * maxPromptTokens + maxResponseTokens,
    maxTokensInRows: (maskRollouts + predictionRollouts) * maxPromptTokens + maxResponseTokens,
  };
}

const gpuBackends: readonly string[] = ['webgpu', 'node-gpu'];

/** @param parameters of the model; @param trained of them, or those of its adapter. */
export function estimateMemory({ engine, rollouts, pipeline }: Config, model: ModelConfig, parameters: number, trained: number): MemoryEstimate {
  const { width, ffnWidth, layers, kvHeads, headDim, vocabularySize } = model;
  const cacheBytesPerToken = 2 * layers * kvHeads * headDim * floatBytes;
  const maxResponse = Math.max(rollouts.maxMaskResponseTokens, rollouts.maxPredictionResponseTokens);
  const group = Math.min(rollouts.masksPerParagraph, rollouts.predictionsPerMask);
  const rows = engine.maxRowsPerBatch;
  const cachedTokens = rows * maxResponse + Math.ceil(rows / group) * rollouts.maxPromptTokens;
  const cacheBytesOfOne = (rollouts.maxPromptTokens + maxResponse) * cacheBytesPerToken;
  const keptOfLayer = keptOfWidth * width + keptOfFfn * ffnWidth;
  const keptOfLayers = engine.recomputeActivations ? layers * width + keptOfLayer : layers * keptOfLayer;
  const positions = Math.min(engine.maxTokensPerMicroBatch, passTokens(model, gpuBackends.includes(engine.backend)));
  return {
    parameters,
    trainedParameters: trained,
    modelBytes: floatBytes * (engine.lora === null ? parameters : parameters + trained) + 3 * floatBytes * trained,
    maxCacheBytes: !samplesPredictions(pipeline) ? 0 : Math.min(cachedTokens * cacheBytesPerToken, Math.max(samplingCacheBytes, cacheBytesOfOne)),
    approximateActivationBytes: positions * (keptOfLayers + 2 * vocabularySize) * floatBytes,
  };
}

/** @param trained parameters that are trained; null where the model is not there. */
export function estimateDisk({ run }: Config, step: StepEstimate, trained: number | null): DiskEstimate {
  const rollouts = step.maskRollouts + step.predictionRollouts;
  const maxLogBytesPerStep = step.maxResponseTokens * logBytesPerResponseToken + step.maxPromptTokens * logBytesPerPromptToken + rollouts * logBytesPerRollout;
  if (trained === null) return { maxLogBytesPerStep, checkpointBytes: null, maxTotalBytes: null };
  const bytes = checkpointBytes(trained);
  return { maxLogBytesPerStep, checkpointBytes: bytes, maxTotalBytes: run.steps * maxLogBytesPerStep + mostCheckpoints(run) * bytes };
}
