/** Which responses can be trained on at all. In: groups of the port. Out: groups without the others, none without responses. */
import type { AccumulateRequest, TrainingGroup, TrainingResponse } from '../../../../operators/ports/engine.ts';

/** Leaves out responses that are empty, and ones whose inputs are not finite, which it names. */
export function usableGroups({ groups, loss }: AccumulateRequest): { readonly groups: TrainingGroup[]; readonly notFinite: string[] } {
  const notFinite: string[] = [];
  const usable = withResponses(groups, (response) => {
    if (response.tokens.length === 0) return false;
    const isUsable = inputsAreFinite(loss, response);
    if (!isUsable) notFinite.push(response.id);
    return isUsable;
  });
  return { groups: usable, notFinite };
}

export function withResponses(groups: readonly TrainingGroup[], isWanted: (response: TrainingResponse) => boolean): TrainingGroup[] {
  return groups
    .map(({ promptTokens, responses }) => ({ promptTokens, responses: responses.filter(isWanted) }))
    .filter(({ responses }) => responses.length > 0);
}

function inputsAreFinite({ kind }: AccumulateRequest['loss'], { tokens, logprobs, advantage }: TrainingResponse): boolean {
  if (!Number.isFinite(advantage)) return false;
  return kind === 'cross-entropy' || (logprobs.length === tokens.length && logprobs.every(Number.isFinite));
}
