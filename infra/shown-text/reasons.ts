/** The log's reasons in words, for people. */
import type { maskRejections } from '../../schemas/records/mask-rollout.ts';
import type { predictionRejections } from '../../schemas/records/prediction-rollout.ts';
import type { DropReason } from '../../schemas/records/scored-group.ts';

export const dropReasonWords: Readonly<Record<DropReason, string>> = {
  'all-zero': 'no rollout was rewarded',
  'all-one': 'every prediction was right',
  'all-equal': 'every mask was paid the same',
};

export type Rejection = (typeof maskRejections)[number] | (typeof predictionRejections)[number];

export const rejectionWords: Readonly<Record<Rejection, string>> = {
  'no-mask': 'no \\mask{} in the response',
  'empty-mask': 'the mask is empty',
  'not-in-paragraph': 'not in the paragraph',
  'whole-paragraph': 'it is the whole paragraph',
  'too-many-occurrences': 'it occurs too often',
  'not-whole-words': 'it does not begin and end with words',
  'no-content-word': 'it says nothing: articles, prepositions and the like',
  'prediction-prompt-too-long': 'the prompt of its prediction would be too long',
  'no-box': 'no \\boxed{} in the response',
  'empty-box': 'the box is empty',
};
