/**
 * In: the rows of one evaluation. Out: accuracy and picks by class. Pure; a share of nothing is null, never NaN.
 */
import type { EvaluationRow } from '../../schemas/records/evaluation-row.ts';
import { distinctPerHundred } from '../training/step-statistics.ts';

export interface ClassAccuracy {
  readonly spanClass: string;
  readonly items: number;
  /** Right answers. */
  readonly correct: number;
  /** Of all answers, in [0, 1]; each item has as many. */
  readonly accuracy: number;
}

export interface ClassShare {
  readonly spanClass: string;
  readonly masks: number;
  /** Of the usable masks, in [0, 1]. */
  readonly share: number;
}

export interface ClozeSummary {
  readonly items: number;
  readonly correct: number;
  readonly accuracy: number;
  /** In alphabetical order of the class. */
  readonly byClass: readonly ClassAccuracy[];
}

export interface MaskProbeSummary {
  /** Masks sampled. */
  readonly samples: number;
  readonly usable: number;
  readonly usableShare: number; // in [0, 1]
  /** Classes of the usable masks, in alphabetical order. */
  readonly byClass: readonly ClassShare[];
  /** Distinct texts per 100 usable masks; null where none was usable. */
  readonly distinctMasksPerHundred: number | null;
}

/** Plain JSON. A part is null where there were no rows of its kind. */
export interface EvaluationSummary {
  readonly cloze: ClozeSummary | null;
  readonly maskProbe: MaskProbeSummary | null;
}

export function summariseEvaluation(rows: readonly EvaluationRow[]): EvaluationSummary {
  const clozeRows = rows.filter((row) => row.kind === 'cloze');
  const probeRows = rows.filter((row) => row.kind === 'mask-probe');
  return {
    cloze: clozeRows.length === 0 ? null : summariseCloze(clozeRows),
    maskProbe: probeRows.length === 0 ? null : summariseProbe(probeRows),
  };
}

function summariseCloze(rows: readonly EvaluationRow[]): ClozeSummary {
  const byClass = classesOf(rows).map(([spanClass, own]) => ({ spanClass, ...accuracyOf(own) }));
  return { ...accuracyOf(rows), byClass };
}

function summariseProbe(rows: readonly EvaluationRow[]): MaskProbeSummary {
  const usable = rows.filter((row) => row.correct);
  return {
    samples: rows.length,
    usable: usable.length,
    usableShare: usable.length / rows.length,
    byClass: classesOf(usable).map(([spanClass, own]) => ({ spanClass, masks: own.length, share: own.length / usable.length })),
    distinctMasksPerHundred: distinctPerHundred(usable.map((row) => row.answer ?? '')),
  };
}

function accuracyOf(rows: readonly EvaluationRow[]): Omit<ClassAccuracy, 'spanClass'> {
  const correct = rows.filter((row) => row.correct).length;
  return { items: new Set(rows.map((row) => row.itemId)).size, correct, accuracy: correct / rows.length };
}

function classesOf(rows: readonly EvaluationRow[]): [string, EvaluationRow[]][] {
  const names = [...new Set(rows.map((row) => row.spanClass))].sort();
  return names.map((name) => [name, rows.filter((row) => row.spanClass === name)]);
}
