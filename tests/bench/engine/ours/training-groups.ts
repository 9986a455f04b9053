import type { TrainingGroup } from '../../../../operators/ports/engine.ts';
import type { TokenGroup } from '../workload.ts';

/** Responses of weight 1, for cross-entropy. */
export function trainingGroups(groups: readonly TokenGroup[]): TrainingGroup[] {
  return groups.map(({ promptTokens, responses }, group) => ({
    promptTokens,
    responses: responses.map((tokens, response) => ({ id: `${group}/${response}`, tokens, logprobs: tokens.map(() => 0), advantage: 1 })),
  }));
}
