/** What is asked of a list of masks; all of it is optional, and what is not given leaves nothing out. */
import { maskRejections } from '../../../schemas/records/mask-rollout.ts';
import { dropReasons, roles } from '../../../schemas/records/scored-group.ts';

export const outcomes = {
  predict: ['never', 'some', 'always'],
  mask: ['usable', 'paid', 'unusable', ...maskRejections],
} as const;

export const fateChoices = ['kept', 'dropped', ...dropReasons] as const;
export const duplicateChoices = ['only', 'first'] as const;
export const sortChoices = ['hardest', 'newly-solved', 'strangest'] as const;

export type PredictOutcome = (typeof outcomes.predict)[number];
export type MaskOutcome = (typeof outcomes.mask)[number];

export interface MaskFilter {
  readonly role: (typeof roles)[number];
  readonly outcome: PredictOutcome | MaskOutcome | null;
  readonly fate: (typeof fateChoices)[number] | null;
  /** Class of the hidden text, or why the mask was not usable. */
  readonly spanClass: string | null;
  readonly fromStep: number | null;
  readonly toStep: number | null;
  /** Characters of the hidden text. */
  readonly minLength: number | null;
  readonly maxLength: number | null;
  /** `only`: texts that several masks of a paragraph hide; `first`: each text of a paragraph once. */
  readonly duplicates: (typeof duplicateChoices)[number] | null;
  /** Part of the hidden text or of the title, without regard to case. */
  readonly text: string;
  /** Null: in order of step. */
  readonly sort: (typeof sortChoices)[number] | null;
}

export const noFilter: MaskFilter = {
  role: 'predict',
  outcome: null,
  fate: null,
  spanClass: null,
  fromStep: null,
  toStep: null,
  minLength: null,
  maxLength: null,
  duplicates: null,
  text: '',
  sort: null,
};
