/**
 * Forward and backward over training groups. In: the request of the port. Out: its report; the gradients are in the store. Wrong: OUT_OF_MEMORY.
 * A response whose loss is not finite is named and left out, with nothing of it in the gradients.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { AccumulateReport, AccumulateRequest, TrainingGroup, TrainingResponse } from '../../../../operators/ports/engine.ts';
import { disposeForward, forward } from '../model/forward.ts';
import { packBatch, packedLength, type PackedBatch } from '../model/packed-batch.ts';
import type { PolicyWeights } from '../model/policy-weights.ts';
import type { RopeTable } from '../model/rope-table.ts';
import { splitIntoPasses } from '../model/passes.ts';
import { backward } from './backward.ts';
import type { GradientStore } from './gradient-store.ts';
import { LossStatistics } from './loss-statistics.ts';
import { ResponseLosses, type ResponseLogprobs } from './response-losses.ts';
import { tokenLoss, type TokenLoss } from './token-loss.ts';

export interface TrainingPass {
  readonly weights: PolicyWeights;
  readonly rope: RopeTable;
  readonly store: GradientStore;
  /** Positions computed together. */
  readonly maxPassTokens: number;
  /** Awaited between passes, so that messages get through. */
  readonly breathe: () => Promise<void>;
}

export async function accumulate(request: AccumulateRequest, pass: TrainingPass): Promise<AccumulateReport> {
  const statistics = new LossStatistics();
  const notFinite: string[] = [];
  const groups = usableGroups(request.groups, (response) => {
    const isUsable = inputsAreFinite(request.loss, response);
    if (!isUsable) notFinite.push(response.id);
    return isUsable;
  });
  for (const groupsOfPass of splitIntoPasses(groups, groupLength, pass.maxPassTokens)) {
    let left = groupsOfPass;
    let refused = trainPass(left, request, pass, statistics);
    while (refused.size > 0) {
      notFinite.push(...[...refused].map((response) => response.id));
      left = usableGroups(left, (response) => !refused.has(response));
      refused = left.length === 0 ? new Set() : trainPass(left, request, pass, statistics);
    }
    await pass.breathe();
  }
  return statistics.report(notFinite);
}

/** @returns responses whose loss is not finite; where there is one, nothing was added to gradients or statistics */
function trainPass(
  groups: readonly TrainingGroup[],
  { loss, stepTokens }: AccumulateRequest,
  { weights, rope, store }: TrainingPass,
  statistics: LossStatistics,
): ReadonlySet<TrainingResponse> {
  const batch = packBatch(groups.map(({ promptTokens, responses }) => ({ promptTokens, responses: responses.map(({ tokens }) => tokens) })));
  const responses = groups.flatMap((group) => group.responses);
  const result = forward(weights, batch, rope, { keepActivations: true });
  try {
    const hidden = result.output.values.dataSync<'float32'>();
    const temperature = loss.kind === 'grpo' ? loss.temperature : 1;
    const losses = new ResponseLosses(weights.head, hidden, batch, responses.map(({ tokens }) => tokens), temperature);
    const seen = losses.logprobs();
    const tokenLosses = responses.map((response, i) => lossesOf(loss, response, seen[i]!));
    const refused = new Set(responses.filter((_, i) => !isFinite(tokenLosses[i]!, seen[i]!)));
    if (refused.size > 0) return refused;
    const slopes = tokenLosses.map((tokens) => Float64Array.from(tokens, ({ slope }) => slope / stepTokens));
    const gradient = tf.tensor2d(losses.backward(slopes, store), result.output.values.shape);
    backward(weights, batch, rope, result, gradient, store);
    gradient.dispose();
    responses.forEach((response, i) => addResponse(statistics, response, tokenLosses[i]!, seen[i]!, stepTokens, loss.kind === 'grpo'));
    statistics.addPositions(batch.tokens.length, rowPositions(groups, batch));
    return refused;
  } finally {
    disposeForward(result);
  }
}

function lossesOf(loss: AccumulateRequest['loss'], { logprobs, advantage }: TrainingResponse, seen: ResponseLogprobs): TokenLoss[] {
  return Array.from(seen.logprobs, (logprob, t) => tokenLoss(loss, logprob, logprobs[t] ?? 0, advantage));
}

function isFinite(losses: readonly TokenLoss[], { logprobs, entropies }: ResponseLogprobs): boolean {
  return losses.every(({ loss, slope }) => Number.isFinite(loss) && Number.isFinite(slope)) && [logprobs, entropies].every((values) => values.every(Number.isFinite));
}

function addResponse(
  statistics: LossStatistics,
  { logprobs }: TrainingResponse,
  losses: readonly TokenLoss[],
  seen: ResponseLogprobs,
  stepTokens: number,
  hasSamples: boolean,
): void {
  for (const [t, loss] of losses.entries()) {
    const drift = hasSamples ? Math.abs(seen.logprobs[t]! - logprobs[t]!) : 0;
    statistics.addToken(loss, 1 / stepTokens, seen.entropies[t]!, drift);
  }
}

function inputsAreFinite({ kind }: AccumulateRequest['loss'], { tokens, logprobs, advantage }: TrainingResponse): boolean {
  if (!Number.isFinite(advantage)) return false;
  return kind === 'cross-entropy' || (logprobs.length === tokens.length && logprobs.every(Number.isFinite));
}

/** Groups with the responses that are wanted and have tokens; none without responses. */
function usableGroups(groups: readonly TrainingGroup[], isUsable: (response: TrainingResponse) => boolean): TrainingGroup[] {
  return groups
    .map(({ promptTokens, responses }) => ({ promptTokens, responses: responses.filter((response) => response.tokens.length > 0 && isUsable(response)) }))
    .filter(({ responses }) => responses.length > 0);
}

function groupLength({ promptTokens, responses }: TrainingGroup): number {
  return packedLength(promptTokens.length, responses.map(({ tokens }) => tokens.length));
}

function rowPositions(groups: readonly TrainingGroup[], { predictions }: PackedBatch): number {
  return predictions.reduce((sum, { group, outputs }) => sum + groups[group]!.promptTokens.length + outputs.length - 1, 0);
}
