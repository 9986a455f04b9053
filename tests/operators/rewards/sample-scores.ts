/** Messages for tests of rewards and training: per mask the predictions right (1) and wrong (0), or null for an unusable mask. */
import { of } from 'rxjs';
import { scoreGroups } from '../../../operators/rewards/score-groups.ts';
import { maskRolloutId, passageId, predictionRolloutId } from '../../../operators/rollouts/ids.ts';
import type { Config } from '../../../schemas/config/config.ts';
import type { DeadLetter } from '../../../schemas/records/dead-letter.ts';
import type { PredictionGroups, ScoredGroups } from '../../../schemas/records/edges.ts';
import type { Paragraph } from '../../../schemas/records/paragraph.ts';
import { baseConfig } from '../../base-config.ts';
import { sampleParagraph } from '../../sample-paragraph.ts';

export type SampleOutcomes = readonly (readonly number[] | null)[];

export interface SampleOptions {
  readonly paragraph?: Paragraph;
  /** Ids of rollouts whose log-probabilities hold a NaN. */
  readonly nan?: readonly string[];
  /** @default the paper's */
  readonly config?: Config;
  /** Response tokens of every rollout. @default 3 */
  readonly tokens?: number;
  /** The critic's: of the prompt for masks, then of each mask's question. @default none */
  readonly values?: readonly number[];
}

export function sampleScores(outcomes: SampleOutcomes, options: SampleOptions = {}): PredictionGroups {
  const paragraph = options.paragraph ?? sampleParagraph();
  const { id: paragraphId, step, slot } = paragraph;
  const length = options.tokens ?? 3;
  const rollout = (id: string, index: number, prompt: number) => ({
    id,
    paragraphId,
    step,
    slot,
    index,
    seed: 0,
    policyVersion: step - 1,
    promptTemplate: 'test@1',
    promptTokens: [1, 2],
    responseTokens: Array.from({ length }, (_, i) => 10 + i),
    logprobs: Array.from({ length }, (_, i) => (i === 1 && options.nan?.includes(id) === true ? NaN : -0.5)),
    finishReason: 'stop' as const,
    responseText: '',
    answer: 'x',
    answerStart: 0,
    answerEnd: 1,
    value: options.values?.[prompt] ?? null,
  });
  const usable = outcomes.flatMap((solved, maskIndex) => (solved === null ? [] : [{ solved, maskIndex }]));
  return {
    paragraph,
    maskRollouts: outcomes.map((solved, index) => ({
      ...rollout(maskRolloutId(paragraphId, index), index, 0),
      rejection: solved === null ? ('no-mask' as const) : null,
      occurrences: solved === null ? null : 1,
      constraint: null,
    })),
    passages: usable.map(({ maskIndex }) => ({
      id: passageId(paragraphId, maskIndex),
      paragraphId,
      step,
      slot,
      maskIndex,
      maskRolloutId: maskRolloutId(paragraphId, maskIndex),
      maskText: 'x',
      spanStarts: [0],
      text: '[mask]',
    })),
    predictions: usable.flatMap(({ solved, maskIndex }) =>
      solved.map((right, index) => ({
        ...rollout(predictionRolloutId(paragraphId, maskIndex, index), index, 1 + maskIndex),
        passageId: passageId(paragraphId, maskIndex),
        maskIndex,
        rejection: null,
        correct: right === 1,
      })),
    ),
  };
}

/** The same, scored. */
export function scoreSample(outcomes: SampleOutcomes, options: SampleOptions = {}): { scored: ScoredGroups; letters: DeadLetter[] } {
  const letters: DeadLetter[] = [];
  let scored: ScoredGroups | undefined;
  of(sampleScores(outcomes, options))
    .pipe(scoreGroups({ config: options.config ?? baseConfig(), deadLetters: (letter) => letters.push(letter) }))
    .subscribe((message) => (scored = message));
  return { scored: scored!, letters };
}
