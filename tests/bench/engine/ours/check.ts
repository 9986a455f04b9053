/** What our engine computes, to be compared with the peers: log-probabilities, greedy continuations, loss and the norm of its gradient. */
import { serveRounds } from '../serve-rounds.ts';
import { openEngine } from './open-engine.ts';
import { trainingGroups } from './training-groups.ts';

await serveRounds('check', async (job) => {
  const engine = await openEngine(job);
  const groups = trainingGroups(job.work.groups);
  const stepTokens = groups.flatMap(({ responses }) => responses).reduce((sum, { tokens }) => sum + tokens.length, 0);
  return async () => {
    const logprobs = await engine.score(groups);
    const prompts = groups.map(({ promptTokens }) => ({ promptTokens, seeds: [0] }));
    const { samples } = await engine.generate({ groups: prompts, maxNewTokens: job.work.greedyTokens, temperature: 0, stopTokens: [] });
    const { loss } = await engine.accumulate({ groups, loss: { kind: 'cross-entropy' }, stepTokens });
    const { gradientNorm } = await engine.step({ learningRate: 0, gradientClip: Infinity });
    return { logprobs: logprobs.flat(2), greedy: samples.flatMap((group) => group.flatMap(({ tokens }) => tokens)), loss, gradientNorm };
  };
});
