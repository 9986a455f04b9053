/**
 * llama.cpp through node-llama-cpp, from the peers' own folder. In: the job. Out: sequences that are decoded together, in the process's one context. Wrong: what it throws.
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { peersFolder } from '../install-peers.ts';
import type { Job } from '../job.ts';

/** What is used of node-llama-cpp, which is not a dependency. */
interface NodeLlamaCpp {
  getLlama: (options: object) => Promise<{ loadModel(options: { modelPath: string }): Promise<Model> }>;
}
interface Model {
  createContext(options: object): Promise<{ getSequence(): Sequence }>;
}
interface Sequence {
  clearHistory(): Promise<void>;
  evaluate(tokens: readonly number[], options: object): AsyncIterable<number>;
}

/** Continues a prompt. */
export type Continue = (prompt: readonly number[], newTokens: number, temperature: number) => Promise<number[]>;

/** float16 by default, with which greedy samples differ from float32's. */
const keysAndValues = { experimentalKvCacheKeyType: 'F32', experimentalKvCacheValueType: 'F32' } as const;

/** Without room to spare the beginning of a sequence is forgotten before its last tokens are there. */
const spareTokens = 64;

/** @param tokensPerSequence prompt and continuation @returns one for each sequence; called together, they are decoded together */
export async function openLlamaCpp({ gguf, threads }: Job, sequences: number, tokensPerSequence: number): Promise<Continue[]> {
  const entry = join(peersFolder(), 'node_modules', 'node-llama-cpp', 'dist', 'index.js');
  const { getLlama } = (await import(pathToFileURL(entry).href)) as NodeLlamaCpp;
  const llama = await getLlama({ gpu: false, build: 'never', maxThreads: threads, logLevel: 'error' });
  const model = await llama.loadModel({ modelPath: gguf! });
  const context = await model.createContext({ sequences, contextSize: tokensPerSequence + spareTokens, threads, batchSize: 512, ...keysAndValues });
  let seed = 0;
  return Array.from({ length: sequences }, () => {
    const sequence = context.getSequence();
    return async (prompt, newTokens, temperature) => {
      await sequence.clearHistory();
      const tokens: number[] = [];
      const sampling = { temperature, topK: 0, topP: 1, minP: 0, seed: seed++, yieldEogToken: true };
      for await (const token of sequence.evaluate(prompt, sampling)) if (tokens.push(token) === newTokens) break;
      return tokens;
    };
  });
}
