/** A model that computes nothing: every sample has all the tokens that were asked for, and training gives back the log-probabilities that it got. */
import type { OpenFakeModel } from '../../infra/engine/tinker/fake/fake-compute.ts';

export const cannedModels: OpenFakeModel = () =>
  Promise.resolve({
    sample: ({ seeds, maxTokens }) =>
      Promise.resolve(
        seeds.map((seed) => ({
          tokens: Array.from({ length: maxTokens }, (_, i) => (i * 7919 + seed) % 151_000),
          logprobs: Array.from({ length: maxTokens }, (_, i) => -((i % 97) + 1) / 64),
          finishReason: 'length' as const,
        })),
      ),
    logprobs: ({ data }) => Promise.resolve(data.map(({ logprobs }) => logprobs)),
    step: () => Promise.resolve(1),
    save: () => Promise.resolve(),
    load: () => Promise.resolve(),
    close: () => Promise.resolve(),
  });
