/** The figures of a held-out evaluation by name, in the order of a table. In: its summary. Out: shares in [0, 1], and distinct texts per 100 masks. Pure; what was not measured is not among them. */
import type { EvaluationSummary } from '../evaluation/summarise-evaluation.ts';

export interface HeldOutFigure {
  readonly name: string;
  readonly unit: 'share' | 'per 100';
  readonly value: number;
}

export function heldOutFigures({ cloze, maskProbe }: EvaluationSummary): HeldOutFigure[] {
  const share = (name: string, value: number): HeldOutFigure => ({ name, unit: 'share', value });
  const distinct = maskProbe?.distinctMasksPerHundred ?? null;
  return [
    ...(cloze === null ? [] : [share('right', cloze.accuracy), ...cloze.byClass.map(({ spanClass, accuracy }) => share(`right: ${spanClass}`, accuracy))]),
    ...(maskProbe === null ? [] : [share('usable masks', maskProbe.usableShare), ...probeClasses.map((name) => share(`masks: ${name}`, maskProbe.byClass.find(({ spanClass }) => spanClass === name)?.share ?? 0))]),
    ...(distinct === null ? [] : [{ name: 'distinct masks', unit: 'per 100' as const, value: distinct }]),
  ];
}

/** Classes of the bundled probes: one that no mask falls into has share 0. */
const probeClasses = ['knowledge', 'inferable', 'ambiguous', 'trivial', 'noise'] as const;
