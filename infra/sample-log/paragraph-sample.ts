/** A paragraph of a step with everything that was made of it, to be looked at: rollouts without the columns that take nearly all of the space. */
import type { MaskRollout } from '../../schemas/records/mask-rollout.ts';
import type { MaskedPassage } from '../../schemas/records/masked-passage.ts';
import type { Paragraph } from '../../schemas/records/paragraph.ts';
import type { PredictionRollout } from '../../schemas/records/prediction-rollout.ts';
import type { ScoredGroup } from '../../schemas/records/scored-group.ts';

type Heavy = 'promptTokens' | 'responseTokens' | 'logprobs';

export type ShownMaskRollout = Omit<MaskRollout, Heavy>;
export type ShownPrediction = Omit<PredictionRollout, Heavy>;

export interface ParagraphSample {
  readonly paragraph: Paragraph;
  readonly maskRollouts: readonly ShownMaskRollout[];
  readonly passages: readonly MaskedPassage[];
  readonly predictions: readonly ShownPrediction[];
  readonly groups: readonly ScoredGroup[];
}

const heavy: ReadonlySet<string> = new Set<Heavy>(['promptTokens', 'responseTokens', 'logprobs']);

/** Whether a column of rollouts is among those shown. */
export const isShown = (column: string): boolean => !heavy.has(column);
