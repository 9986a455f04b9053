/**
 * Refills by the rule of `batchSteps`. In: a step's paragraphs, judged. Out: where the cohorts are not those that the paragraphs without a kept group call for; null where they
 * are. A step at the end of a corpus may have had fewer to draw. Pure.
 */
import type { ScoredGroups } from '../../schemas/records/edges.ts';
import { paragraphId } from '../rollouts/ids.ts';
import { cohortStarts } from './expected-paragraphs.ts';
import type { RowDifference } from './first-difference.ts';

export interface RefillRule {
  readonly paragraphsPerStep: number;
  readonly refillParagraphs: number;
  readonly useful: (scored: ScoredGroups) => boolean;
  /** Whether the corpus may have ended here. */
  readonly mayLack: boolean;
}

export function refillDifference(step: number, messages: readonly ScoredGroups[], rule: RefillRule): RowDifference | null {
  const { paragraphsPerStep, refillParagraphs, useful, mayLack } = rule;
  const starts = [...cohortStarts(messages.map(({ paragraph }) => paragraph), paragraphsPerStep), messages.length];
  let expected = paragraphsPerStep;
  for (let cohort = 0; cohort + 1 < starts.length; cohort++) {
    const [from, to] = [starts[cohort]!, starts[cohort + 1]!];
    const size = to - from;
    if (size > expected) return wrongSize(step, from + expected, 'unexpected-row', expected, size);
    if (size < expected && !mayLack) return wrongSize(step, to, 'missing-row', expected, size);
    const barren = messages.slice(from, to).filter((message) => !useful(message)).length;
    expected = Math.min(barren, refillParagraphs - Math.max(0, to - paragraphsPerStep));
  }
  return expected > 0 && !mayLack ? wrongSize(step, messages.length, 'missing-row', expected, 0) : null;
}

function wrongSize(step: number, slot: number, kind: 'unexpected-row' | 'missing-row', expected: number, size: number): RowDifference {
  const id = paragraphId(step, slot);
  const missing = kind === 'missing-row';
  const what = `the cohort has ${size} paragraphs, and ${expected} are due`;
  return { kind, table: 'paragraphs', row: missing ? null : slot, id, field: null, logged: missing ? null : id, recomputed: missing ? id : null, what };
}
