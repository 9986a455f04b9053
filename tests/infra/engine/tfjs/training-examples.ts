/** Groups to train on: deterministic tokens, lengths and advantages that differ. */
import type { AccumulateRequest, GrpoLoss, TrainingGroup } from '../../../../operators/ports/engine.ts';

export const grpoLoss: GrpoLoss = { kind: 'grpo', clipLow: 0.2, clipHigh: 0.28, ratioCap: 2, temperature: 1 };

export function tokensOf(length: number, start: number, vocabularySize = 48): number[] {
  return Array.from({ length }, (_, i) => (start * 7 + i * 5 + ((i * i) % 11)) % vocabularySize);
}

/** @param lengths response lengths of each group */
export function exampleGroups(lengths: readonly (readonly number[])[], promptLength = 9): TrainingGroup[] {
  return lengths.map((group, g) => ({
    promptTokens: tokensOf(promptLength + g, g + 1),
    responses: group.map((length, r) => ({
      id: `${g}/${r}`,
      tokens: tokensOf(length, 3 * g + r + 2),
      logprobs: tokensOf(length, r).map((token) => -3.5 - token / 100),
      advantage: r % 2 === 0 ? 1.25 : -0.75,
    })),
  }));
}

export function requestFor(groups: readonly TrainingGroup[], loss: AccumulateRequest['loss'] = grpoLoss): AccumulateRequest {
  return { groups, loss, stepTokens: responseTokens(groups) };
}

export function responseTokens(groups: readonly TrainingGroup[]): number {
  return groups.flatMap(({ responses }) => responses).reduce((sum, { tokens }) => sum + tokens.length, 0);
}

/** Each response as a group of its own, its prompt repeated. */
export function separateRows(groups: readonly TrainingGroup[]): TrainingGroup[] {
  return groups.flatMap(({ promptTokens, responses }) => responses.map((response) => ({ promptTokens, responses: [response] })));
}
