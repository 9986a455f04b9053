/** Sampling by our engine, at temperature 1, with log-probabilities. */
import { serveRounds } from '../serve-rounds.ts';
import { openEngine } from './open-engine.ts';

await serveRounds('sampling', async (job) => {
  const engine = await openEngine(job);
  const { prompts, samplesPerPrompt, newTokens } = job.work.workload;
  let seed = 0;
  return async () => {
    const groups = prompts.map((promptTokens) => ({ promptTokens, seeds: Array.from({ length: samplesPerPrompt }, () => seed++) }));
    const { samples } = await engine.generate({ groups, maxNewTokens: newTokens, temperature: 1, stopTokens: [] });
    return { newTokens: samples.flat().reduce((sum, { tokens }) => sum + tokens.length, 0) };
  };
});
