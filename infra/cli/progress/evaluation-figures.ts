/** In: a held-out evaluation. Out: its headline figures in words. Pure. */
import type { EvaluationSummary } from '../../../operators/evaluation/summarise-evaluation.ts';
import { decimal, percent } from '../amounts.ts';

/** The share of usable masks that are of a class; 0 where none is, null where no mask was usable. */
export function classShare(summary: EvaluationSummary | null, spanClass: string): number | null {
  const probe = summary?.maskProbe;
  if (probe == null || probe.usable === 0) return null;
  return probe.byClass.find((each) => each.spanClass === spanClass)?.share ?? 0;
}

export function evaluationFigures(summary: EvaluationSummary): string[] {
  const { cloze, maskProbe } = summary;
  return [
    cloze === null ? [] : [`held-out right ${percent(cloze.accuracy, 1)}`],
    maskProbe === null ? [] : [`usable masks ${percent(maskProbe.usableShare)}`],
    maskProbe === null || maskProbe.usable === 0 ? [] : [`noise masks ${percent(classShare(summary, 'noise'))}`, `distinct ${decimal(maskProbe.distinctMasksPerHundred, 0)}/100`],
  ].flat();
}
