/** Cross-entropy training by our engine: forward, backward, one step of AdamW. */
import { serveRounds } from '../serve-rounds.ts';
import { learningRate, openEngine } from './open-engine.ts';
import { trainingGroups } from './training-groups.ts';

await serveRounds('training', async (job) => {
  const engine = await openEngine(job);
  const groups = trainingGroups(job.work.workload.groups);
  const stepTokens = groups.flatMap(({ responses }) => responses).reduce((sum, { tokens }) => sum + tokens.length, 0);
  return async () => {
    const { loss, tokensComputed, tokensInRows } = await engine.accumulate({ groups, loss: { kind: 'cross-entropy' }, stepTokens });
    await engine.step({ learningRate, gradientClip: Infinity });
    return { loss, tokensComputed, tokensInRows };
  };
});
