/** The stub engine behind the fake server: answers that earn rewards, weights that are a hash of all that was trained. */
import type { OpenFakeModel } from './fake-compute.ts';
import { createStubEngine } from '../../../../stub-engine.ts';
import { statelessAnswer } from '../../../../stateless-answer.ts';

export const stubModels: OpenFakeModel = () => {
  const engine = createStubEngine({ respond: statelessAnswer });
  return Promise.resolve({
    async sample({ promptTokens, seeds, maxTokens, stopTokens, temperature }) {
      const { samples } = await engine.generate({ groups: [{ promptTokens, seeds }], maxNewTokens: maxTokens, stopTokens, temperature });
      return samples[0]!;
    },
    logprobs: ({ data }) => Promise.resolve(data.map(({ logprobs }) => logprobs)),
    async step(pending, learningRate) {
      for (const { data } of pending) {
        const responses = data.map(({ targetTokens, logprobs, advantages }, i) => ({ id: String(i), tokens: targetTokens, logprobs, advantage: advantages.at(-1)! }));
        await engine.accumulate({ groups: [{ promptTokens: [], responses }], loss: { kind: 'cross-entropy' }, stepTokens: 1 });
      }
      return (await engine.step({ learningRate, gradientClip: 1e9 })).gradientNorm!;
    },
    save: (directory) => engine.save(directory, { optimizer: true }),
    load: (directory) => engine.load(directory),
    close: () => engine.close(),
  });
};
