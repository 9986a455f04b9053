/**
 * A paragraph with everything made of it, at the paper's size: 8 masks, 64 predictions, responses of up to 4096 tokens. Token ids have frequencies after Zipf, log-probabilities are
 * as a model gives them: most tokens near certain, a few not.
 */
import type { PredictionGroups } from '../../../schemas/records/edges.ts';
import { sampleParagraph } from '../../sample-paragraph.ts';

export interface GroupSize {
  readonly promptTokens: number;
  readonly responseTokens: number;
  readonly vocabulary: number;
}

export const paperSize: GroupSize = { promptTokens: 400, responseTokens: 4096, vocabulary: 150_000 };
const groupSize = 8;
export const rolloutsOfGroup = groupSize + groupSize * groupSize;

export function realisticGroups(slot: number, size: GroupSize): PredictionGroups {
  const random = xorshift(slot + 1);
  const tokens = (count: number): number[] => Array.from({ length: count }, () => Math.floor(size.vocabulary ** random()));
  const words = (count: number): string => Array.from({ length: count }, () => `w${Math.floor(5000 ** random()).toString(36)}`).join(' ');
  const paragraph = sampleParagraph({ slot, text: words(size.promptTokens) });
  const of = { paragraphId: paragraph.id, step: paragraph.step, slot };
  const rollout = (role: string, index: number, promptTokens: number[]) => ({
    ...of,
    id: `${paragraph.id}/${role}/${index}`,
    index: index % groupSize,
    seed: Math.floor(random() * 2 ** 32),
    policyVersion: 0,
    promptTemplate: 'paper/1',
    promptTokens,
    responseTokens: tokens(size.responseTokens),
    logprobs: Array.from({ length: size.responseTokens }, () => Math.fround(-((-Math.log(1 - random())) ** 3) / 4)),
    finishReason: 'length' as const,
    responseText: words(size.responseTokens),
    answer: words(2),
    answerStart: 3,
    answerEnd: 12,
    value: null,
    rejection: null,
  });
  const indices = Array.from({ length: groupSize }, (_, i) => i);
  const maskPrompt = tokens(size.promptTokens);
  return {
    paragraph,
    maskRollouts: indices.map((index) => ({ ...rollout('mask', index, maskPrompt), occurrences: 1, constraint: null })),
    passages: indices.map((maskIndex) => ({ ...of, id: `${paragraph.id}/passage/${maskIndex}`, maskIndex, maskRolloutId: null, maskText: words(2), spanStarts: [7], text: paragraph.text })),
    predictions: indices.flatMap((maskIndex) => {
      const prompt = tokens(size.promptTokens);
      return indices.map((index) => ({ ...rollout('predict', maskIndex * groupSize + index, prompt), passageId: `${paragraph.id}/passage/${maskIndex}`, maskIndex, correct: random() < 0.4 }));
    }),
  };
}

/** Marsaglia's xorshift32; uniform in [0, 1). */
function xorshift(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}
