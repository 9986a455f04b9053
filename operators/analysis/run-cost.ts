/**
 * What a run spent. In: its steps. Out: tokens and seconds, and what came of them. A token is a position that went through the model: of prompts, each group's prompt once; of responses, as sampled; of
 * training, as the step reports it (`tokensComputed`: forward and backward, a beginning that sequences of a pass share once). Held-out evaluations are not counted. Pure.
 */
import type { StepRecord } from './run-record.ts';

export interface RunCost {
  readonly promptTokens: number;
  readonly responseTokens: number;
  readonly trainedTokens: number;
  /** The sum of the three. */
  readonly tokens: number;
  readonly seconds: number;
  readonly groups: number;
  readonly usefulGroups: number;
  /** Null where no token was computed. */
  readonly usefulGroupsPerMillionTokens: number | null;
}

export function runCost(steps: readonly StepRecord[]): RunCost {
  const sum = (of: (step: StepRecord) => number): number => steps.reduce((total, step) => total + of(step), 0);
  const promptTokens = sum((step) => step.promptTokens);
  const responseTokens = sum(({ report }) => report.sampledTokens);
  const trainedTokens = sum(({ report }) => report.tokensComputed);
  const tokens = promptTokens + responseTokens + trainedTokens;
  const usefulGroups = sum((step) => step.usefulGroups);
  return {
    promptTokens,
    responseTokens,
    trainedTokens,
    tokens,
    seconds: sum((step) => step.seconds),
    groups: sum((step) => step.groups),
    usefulGroups,
    usefulGroupsPerMillionTokens: tokens === 0 ? null : (1e6 * usefulGroups) / tokens,
  };
}
