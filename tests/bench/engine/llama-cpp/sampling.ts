/** Sampling by llama.cpp, at temperature 1, without filters. Every sample computes its prompt: node-llama-cpp has no copy of a sequence. */
import { serveRounds } from '../serve-rounds.ts';
import { openLlamaCpp } from './open-llama-cpp.ts';

await serveRounds('sampling', async (job) => {
  const { prompts, samplesPerPrompt, newTokens } = job.work.workload;
  const rows = prompts.flatMap((prompt) => Array.from({ length: samplesPerPrompt }, () => prompt));
  const sequences = await openLlamaCpp(job, rows.length, rows[0]!.length + newTokens);
  return async () => {
    const samples = await Promise.all(rows.map((prompt, row) => sequences[row]!(prompt, newTokens, 1)));
    return { newTokens: samples.flat().length };
  };
});
