import type { ScoredGroup } from '../../../../schemas/records/scored-group.ts';
import { dropReasonWords } from '../../../shown-text/reasons.ts';

/** What became of a group, and why. */
export function fateWords({ kept, dropReason }: Pick<ScoredGroup, 'kept' | 'dropReason'>): string {
  return kept ? 'kept' : `dropped: ${dropReason === null ? 'no reason given' : dropReasonWords[dropReason]}`;
}
