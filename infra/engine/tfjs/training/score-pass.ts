/** Log-probabilities of given responses at temperature 1, one pass. In: groups. Out: one number a response token. Wrong: OUT_OF_MEMORY. */
import type { TrainingGroup } from '../../../../operators/ports/engine.ts';
import { disposeForward, forward } from '../model/forward.ts';
import type { PolicyModel } from '../model/policy-model.ts';
import { packGroups } from './pack-groups.ts';
import { openLosses } from './pass-losses.ts';

/** @returns by group, by response; float32 values */
export function scorePass(groups: readonly TrainingGroup[], model: PolicyModel): number[][][] {
  const batch = packGroups(groups);
  const result = forward(model, batch, 'nothing');
  const losses = openLosses(model.weights.head, result.output.values, batch, groups.flatMap(({ responses }) => responses), 1);
  try {
    const logprobs = losses.logprobs().map((response) => Array.from(response.logprobs, Math.fround));
    let done = 0;
    return groups.map(({ responses }) => logprobs.slice(done, (done += responses.length)));
  } finally {
    losses.dispose();
    disposeForward(result);
  }
}
