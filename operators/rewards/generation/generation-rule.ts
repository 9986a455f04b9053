/** How a generation group is paid. One rule a file beside this one; `generation-rules.ts` names them. */
import type { SpanHistory } from '../recent-spans.ts';
import type { SpanRecord } from '../span-record.ts';

/** What became of a mask; null where it was unusable, or no prediction of it is left. */
export type MaskOutcome = SpanRecord | null;

export interface GenerationRule {
  /** Name and version, which stand in every generation group. */
  readonly version: string;
  /**
   * What a reward follows from: the counts of its mask alone; the texts of its group too; or all masks of its step and of the steps before, which only the gradient sink sees.
   */
  readonly needs: 'counts' | 'group' | 'recent-steps';
  /**
   * @returns one reward a mask, in [0, 1], 0 for an unusable one. Each is one division of two whole numbers, so that equal pay is equal to the bit, and groups without signal are found
   * by comparing.
   */
  readonly rewards: (masks: readonly MaskOutcome[], history: SpanHistory) => number[];
}
