/**
 * Forward and backward over one pass of training groups. In: groups whose inputs are finite, with no empty responses. Out: the
 * figures of the port's report and the gradients. Wrong: OUT_OF_MEMORY. A response whose loss is not finite is named and left out, with nothing
 * of it in the gradients: the pass is computed again without it.
 */
import type { AccumulateReport, AccumulateRequest, TrainingGroup, TrainingResponse } from '../../../../operators/ports/engine.ts';
import { promptStates } from '../critic/prompt-states.ts';
import type { PromptState } from '../critic/value-head.ts';
import { disposeForward, forward, type Keep } from '../model/forward.ts';
import type { PolicyModel } from '../model/policy-model.ts';
import { backward } from './backward.ts';
import type { Gradients, GradientSums } from './gradients.ts';
import { LossStatistics } from './loss-statistics.ts';
import { openGradients } from './open-gradients.ts';
import { packGroups } from './pack-groups.ts';
import { openLosses } from './pass-losses.ts';
import type { ResponseLogprobs } from './response-targets.ts';
import { tokenLoss, type TokenLoss } from './token-loss.ts';
import { withResponses } from './usable-groups.ts';

/** The loss, and the tokens of the whole step. */
export type PassLoss = Pick<AccumulateRequest, 'loss' | 'stepTokens'> & {
  /** Whether the states that the prompts end with are wanted, for the critic. @default false */
  readonly states?: boolean;
};

export interface PassResult {
  readonly report: AccumulateReport;
  readonly gradients: GradientSums;
  /** In the order of the groups; none where they were not wanted. */
  readonly states: readonly PromptState[];
}

/** @param recompute whether each layer's activations are computed again on the way back, in place of being kept: less memory, more work, the same bits */
export function trainPass(groups: readonly TrainingGroup[], loss: PassLoss, model: PolicyModel, recompute: boolean): PassResult {
  const statistics = new LossStatistics();
  const store = openGradients(model.weights);
  const notFinite: string[] = [];
  const states: PromptState[] = [];
  let left = groups;
  while (left.length > 0) {
    const refused = tryPass(left, loss, model, recompute ? 'inputs' : 'activations', store, statistics, states);
    if (refused.size === 0) break;
    notFinite.push(...[...refused].map((response) => response.id));
    left = withResponses(left, (response) => !refused.has(response));
  }
  return { report: statistics.report(notFinite), gradients: store.sums(), states };
}

/** @returns responses whose loss is not finite; where there is one, nothing was added to gradients or statistics */
function tryPass(
  groups: readonly TrainingGroup[],
  { loss, stepTokens, states: wanted = false }: PassLoss,
  model: PolicyModel,
  keep: Keep,
  store: Gradients,
  statistics: LossStatistics,
  states: PromptState[],
): ReadonlySet<TrainingResponse> {
  const batch = packGroups(groups);
  const responses = groups.flatMap((group) => group.responses);
  const result = forward(model, batch, keep);
  const losses = openLosses(model.weights.head, result.output.values, batch, responses, loss.kind === 'grpo' ? loss.temperature : 1);
  try {
    const seen = losses.logprobs();
    const tokenLosses = responses.map((response, i) => lossesOf(loss, response, seen[i]!));
    const refused = new Set(responses.filter((_, i) => !areFinite(tokenLosses[i]!, seen[i]!)));
    if (refused.size > 0) return refused;
    if (wanted) states.push(...promptStates(groups, batch, result.output.values));
    const slopes = tokenLosses.map((tokens) => Float64Array.from(tokens, ({ slope }) => slope / stepTokens));
    const gradient = losses.backward(slopes, store);
    backward(model, batch, result, gradient, store);
    gradient.dispose();
    responses.forEach((response, i) => addResponse(statistics, response, tokenLosses[i]!, seen[i]!, stepTokens, loss.kind === 'grpo'));
    statistics.addPositions(batch.tokens.length, batch.predictions.reduce((sum, { rowLength }) => sum + rowLength, 0));
    return refused;
  } finally {
    losses.dispose();
    disposeForward(result);
  }
}

function lossesOf(loss: AccumulateRequest['loss'], { logprobs, advantage }: TrainingResponse, seen: ResponseLogprobs): TokenLoss[] {
  return Array.from(seen.logprobs, (logprob, t) => tokenLoss(loss, logprob, logprobs[t] ?? 0, advantage));
}

function areFinite(losses: readonly TokenLoss[], { logprobs, entropies }: ResponseLogprobs): boolean {
  const isFinite = ({ loss, slope }: TokenLoss): boolean => Number.isFinite(loss) && Number.isFinite(slope);
  return losses.every(isFinite) && logprobs.every(Number.isFinite) && entropies.every(Number.isFinite);
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
