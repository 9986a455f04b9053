/** Log-probabilities of given responses at temperature 1. In: groups. Out: one number a response token. Wrong: OUT_OF_MEMORY. */
import type { TrainingGroup } from '../../../../operators/ports/engine.ts';
import { disposeForward, forward } from '../model/forward.ts';
import { packBatch, packedLength } from '../model/packed-batch.ts';
import { splitIntoPasses } from '../model/passes.ts';
import type { TrainingPass } from './accumulate.ts';
import { ResponseLosses } from './response-losses.ts';

/** @returns by group, by response */
export async function score(groups: readonly TrainingGroup[], pass: Omit<TrainingPass, 'store'>): Promise<number[][][]> {
  const { weights, rope, maxPassTokens, breathe } = pass;
  const scores: number[][][] = [];
  const lengthOf = ({ promptTokens, responses }: TrainingGroup): number => packedLength(promptTokens.length, responses.map(({ tokens }) => tokens.length));
  for (const groupsOfPass of splitIntoPasses(groups, lengthOf, maxPassTokens)) {
    const batch = packBatch(groupsOfPass.map(({ promptTokens, responses }) => ({ promptTokens, responses: responses.map(({ tokens }) => tokens) })));
    const result = forward(weights, batch, rope, { keepActivations: false });
    try {
      const tokens = groupsOfPass.flatMap(({ responses }) => responses.map((response) => response.tokens));
      const losses = new ResponseLosses(weights.head, result.output.values.dataSync<'float32'>(), batch, tokens, 1);
      const logprobs = losses.logprobs().map((response) => Array.from(response.logprobs, Math.fround));
      let done = 0;
      for (const { responses } of groupsOfPass) {
        scores.push(logprobs.slice(done, done + responses.length));
        done += responses.length;
      }
    } finally {
      disposeForward(result);
    }
    await breathe();
  }
  return scores;
}
