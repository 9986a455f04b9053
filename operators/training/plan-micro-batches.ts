/**
 * In: the groups of a step. Out: micro-batches under a token budget, in the same order. A group counts its prompt once and every response
 * (the packed size); one that is too large alone is split by responses, each part with the prompt. A prompt with a single
 * response over the budget is a micro-batch of its own. Nothing can go wrong.
 */
import type { TrainingGroup, TrainingResponse } from '../ports/engine.ts';

/** @param maxTokens positions of a micro-batch, at least 1. */
export function planMicroBatches(groups: readonly TrainingGroup[], maxTokens: number): TrainingGroup[][] {
  const batches: TrainingGroup[][] = [];
  let room = 0;
  for (const group of groups.flatMap((whole) => splitGroup(whole, maxTokens))) {
    const tokens = packedTokens(group);
    if (tokens > room) {
      batches.push([]);
      room = maxTokens;
    }
    batches.at(-1)!.push(group);
    room -= tokens;
  }
  return batches;
}

/** Positions that a group takes when its prompt is computed once. */
export function packedTokens(group: TrainingGroup): number {
  return group.responses.reduce((sum, response) => sum + response.tokens.length, group.promptTokens.length);
}

function splitGroup(group: TrainingGroup, maxTokens: number): TrainingGroup[] {
  if (packedTokens(group) <= maxTokens) return [group];
  const parts: TrainingResponse[][] = [];
  let room = -1;
  for (const response of group.responses) {
    if (response.tokens.length > room) {
      parts.push([]);
      room = maxTokens - group.promptTokens.length;
    }
    parts.at(-1)!.push(response);
    room -= response.tokens.length;
  }
  return parts.map((responses) => ({ promptTokens: group.promptTokens, responses }));
}
