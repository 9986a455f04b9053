/**
 * In: the groups of a step. Out: micro-batches under a token budget, in the same order. What sequences of a micro-batch have in common from their start on counts
 * once. A group that is too large alone is split by responses, each part with the prompt; a prompt with a single response
 * over the budget is a micro-batch of its own. Nothing can go wrong.
 */
import type { TrainingGroup, TrainingResponse } from '../ports/engine.ts';
import { cutByTokens } from './cut-by-tokens.ts';
import { inputSequences } from './input-sequences.ts';
import { PrefixTree } from './prefix-tree.ts';

/** @param maxTokens positions of a micro-batch, at least 1. */
export function planMicroBatches(groups: readonly TrainingGroup[], maxTokens: number): TrainingGroup[][] {
  return cutByTokens(groups.flatMap((whole) => splitGroup(whole, maxTokens)), maxTokens);
}

function splitGroup(group: TrainingGroup, maxTokens: number): TrainingGroup[] {
  const { promptTokens, responses: whole } = group;
  if (whole.length === 0) return [];
  if (whole.reduce((sum, { tokens }) => sum + tokens.length, promptTokens.length) <= maxTokens) return [group]; // however little they share
  const parts: TrainingResponse[][] = [];
  let tree = new PrefixTree();
  for (const response of whole) {
    const [sequence] = inputSequences(promptTokens, [response.tokens]);
    tree.add(sequence!);
    if (parts.length === 0 || tree.size > maxTokens) {
      parts.push([response]);
      tree = new PrefixTree();
      tree.add(sequence!);
    } else {
      parts.at(-1)!.push(response);
    }
  }
  return parts.map((responses) => ({ promptTokens, responses }));
}
