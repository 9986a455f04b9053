/**
 * The port to a policy model (design: "The engine port"). One set of weights plays both roles.
 * Shapes: B rows, T tokens, V vocabulary. Log-probabilities are natural logarithms of the tempered distribution.
 */

import type { CopyingRule } from './copying-rule.ts';

/** One prompt and the samples wanted of it. The prompt is computed once for all of them. */
export interface SamplingGroup {
  readonly promptTokens: readonly number[];
  /** One uint32 per sample. A sample is a function of (weights, prompt, seed) alone. */
  readonly seeds: readonly number[];
  /** What the samples will be called: an engine that answers from a log finds them by it; others pass it over. */
  readonly ids?: readonly string[];
  /** Tokens that would break it have no probability. Null: none. An engine that does not know such rules passes it over, and `check` refuses it. */
  readonly copying?: CopyingRule | null;
}

export interface GenerateRequest {
  readonly groups: readonly SamplingGroup[];
  readonly maxNewTokens: number;
  /** 0 means greedy; log-probabilities are then those at temperature 1. */
  readonly temperature: number;
  /** A sample ends with the first of these; it stays in the response. */
  readonly stopTokens: readonly number[];
  /** Whether the critic's values of the prompts are wanted: of an engine that has one. @default false */
  readonly values?: boolean;
}

export interface Sample {
  readonly tokens: readonly number[];
  readonly logprobs: readonly number[]; // float32 values
  readonly finishReason: 'stop' | 'length';
}

export interface GenerateResult {
  /** One list per group, one sample per seed, in the order asked. */
  readonly samples: readonly (readonly Sample[])[];
  readonly policyVersion: number;
  /** The critic's value of each prompt, where it was asked for: float32, a function of (weights, prompt) alone. */
  readonly values?: readonly number[];
}

/** Called while `generate` works: tokens sampled since the last call, rows still open. */
export type GenerateProgress = (tokens: number, openRows: number) => void;

export interface TrainingResponse {
  readonly id: string;
  readonly tokens: readonly number[];
  /** Under the policy that sampled them; ignored by the cross-entropy loss. */
  readonly logprobs: readonly number[];
  readonly advantage: number; // GRPO; for cross-entropy the weight of the response, usually 1
  /** By token: those that could have come there, among which its log-probability is; null where any could. Absent: any could everywhere. */
  readonly allowed?: readonly (readonly number[] | null)[];
  /** Trains the critic, where it is given: the loss is the mean of (V - reward)^2 over the responses of the step, V the value of their prompt. Of an engine that has one. */
  readonly reward?: number;
}

/** Responses to one prompt. What sequences of a request have in common from their start on may be computed once (tree attention mask). */
export interface TrainingGroup {
  readonly promptTokens: readonly number[];
  readonly responses: readonly TrainingResponse[];
}

/** A text of whose tokens the entropies are wanted. */
export interface EntropyText {
  /** What stands before it; at least one token. */
  readonly promptTokens: readonly number[];
  readonly tokens: readonly number[];
  /** What it is called: an engine that answers from a log finds it by this; others pass it over. */
  readonly id?: string;
}

/** Token-level clipped surrogate (eq. 10, 11) without KL. */
export interface GrpoLoss {
  readonly kind: 'grpo';
  readonly clipLow: number; // 0.2: ratio not below 0.8
  readonly clipHigh: number; // 0.28: ratio not above 1.28
  /** Truncation of the importance ratio where the clip does not act (negative advantages, off-policy). */
  readonly ratioCap: number;
  readonly temperature: number;
}

/** Mean negative log-likelihood of the response tokens. */
export interface CrossEntropyLoss {
  readonly kind: 'cross-entropy';
}

export interface AccumulateRequest {
  readonly groups: readonly TrainingGroup[];
  readonly loss: GrpoLoss | CrossEntropyLoss;
  /** What the sum of the token losses is divided by: for a token-level mean the response tokens of the whole step, of which this may be one micro-batch. */
  readonly stepTokens: number;
  /** Responses of the whole step that are accumulated: an engine needs it that reduces by a mean over sequences, or has a critic to train; others pass it over. */
  readonly stepResponses?: number;
}

export interface AccumulateReport {
  readonly loss: number; // this micro-batch's share of the step's
  readonly responseTokens: number;
  readonly clippedLowTokens: number;
  readonly clippedHighTokens: number;
  readonly cappedTokens: number;
  readonly ratioSum: number; // over response tokens
  readonly entropySum: number; // nats, over response tokens
  /** Over response tokens: |log p(training) - log p(sampling)|. */
  readonly logprobDriftSum: number;
  readonly logprobDriftMax: number;
  readonly valueErrorSum?: number; // (V - reward)^2, over the responses that the critic learned from
  readonly valueResponses?: number;
  readonly tokensComputed: number; // positions that went through the model
  readonly tokensInRows: number; // what separate rows would have computed
  /** Responses whose loss or log-probabilities were not finite; they contributed nothing. */
  readonly notFinite: readonly string[];
}

export interface StepRequest {
  readonly learningRate: number;
  readonly gradientClip: number; // global L2 norm; Infinity for none
  /** Of the critic. @default 0 */
  readonly criticLearningRate?: number;
}

export interface StepResult {
  readonly gradientNorm: number | null; // before clipping; null where the engine does not tell
  readonly updateNorm: number | null; // L2 of the change of the weights; null where the engine does not tell
  readonly policyVersion: number; // after the step
}

export interface EngineInfo {
  readonly backend: string; // 'wasm', 'node', 'node-gpu', 'webgpu', 'stub', 'tinker, jax'
  readonly reason: string; // why this one: what was tried before it
  /** 0: not of this machine. */
  readonly threads: number;
  readonly parameters: number;
  /** What a step changes of them, or the adapter's own. */
  readonly trainedParameters: number;
  readonly vocabularySize: number;
  readonly maxPositions: number;
  /** Whether training computes activations again in place of keeping them. */
  readonly recomputesActivations: boolean;
}

/** Calls are served in order; each resolves when done. Errors: ENGINE_FAILED, OUT_OF_MEMORY, MODEL_*, GRADIENT_NOT_FINITE; of a server also ENGINE_UNREACHABLE, ENGINE_REFUSED. */
export interface Engine {
  readonly info: EngineInfo;
  /** Number of optimiser steps since the base model. */
  version(): number;
  generate(request: GenerateRequest, progress?: GenerateProgress): Promise<GenerateResult>;
  /** Log-probabilities of each response token, at temperature 1. */
  score(groups: readonly TrainingGroup[]): Promise<readonly (readonly number[])[][]>;
  /** By text, and by token: entropy of the distribution at temperature 1 that the token is one draw of, nats, float32 values. A text's are a function of (weights, text) alone. */
  entropies(texts: readonly EntropyText[]): Promise<readonly (readonly number[])[]>;
  accumulate(request: AccumulateRequest): Promise<AccumulateReport>;
  /** AdamW over the accumulated gradients, which are then cleared. Refuses with GRADIENT_NOT_FINITE, leaving the weights as they were. */
  step(request: StepRequest): Promise<StepResult>;
  /** Drops accumulated gradients. */
  discard(): Promise<void>;
  /** Writes config.json and model.safetensors, or an adapter in PEFT's layout, tokenizer files and, with the optimiser, optimizer.safetensors. Files are fsynced. */
  save(directory: string, options: { readonly optimizer: boolean }): Promise<void>;
  /** Restores weights, version and (where there) the optimiser's state. */
  load(directory: string): Promise<void>;
  close(): Promise<void>;
}
