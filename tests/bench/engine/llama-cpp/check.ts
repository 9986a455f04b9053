/** Greedy continuations by llama.cpp, to be compared with the others'. */
import { serveRounds } from '../serve-rounds.ts';
import { openLlamaCpp } from './open-llama-cpp.ts';

await serveRounds('check', async (job) => {
  const { groups, greedyTokens } = job.work;
  const sequences = await openLlamaCpp(job, groups.length, groups[0]!.promptTokens.length + greedyTokens);
  return async () => {
    const samples = await Promise.all(groups.map(({ promptTokens }, i) => sequences[i]!(promptTokens, greedyTokens, 0)));
    return { greedy: samples.flat() };
  };
});
