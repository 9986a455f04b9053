/** Held-out accuracy and mask probe by class, first evaluation beside the chosen one. */
import type { EvaluationSummary } from '../../../../operators/evaluation/summarise-evaluation.ts';
import { percent } from './figures.ts';

interface EvaluationSummaryTableProps {
  readonly evaluations: ReadonlyMap<number, EvaluationSummary>;
  /** With an evaluation, in order. */
  readonly steps: readonly number[];
  readonly chosen: number;
  readonly choose: (step: number) => void;
}

export function EvaluationSummaryTable({ evaluations, steps, chosen, choose }: EvaluationSummaryTableProps) {
  const first = steps[0]!;
  const columns = first === chosen ? [first] : [first, chosen];
  const summaries = columns.map((step) => evaluations.get(step)!);
  const rows: readonly (readonly [name: string, of: (summary: EvaluationSummary) => number | null])[] = [
    ['held-out accuracy', ({ cloze }) => cloze?.accuracy ?? null],
    ...classesOf(summaries.map(({ cloze }) => cloze)).map((name) => [`· ${name}`, ({ cloze }: EvaluationSummary) => cloze?.byClass.find(({ spanClass }) => spanClass === name)?.accuracy ?? null] as const),
    ['usable masks', ({ maskProbe }) => maskProbe?.usableShare ?? null],
    ...classesOf(summaries.map(({ maskProbe }) => maskProbe)).map((name) => [`· ${name}, of the usable`, ({ maskProbe }: EvaluationSummary) => maskProbe?.byClass.find(({ spanClass }) => spanClass === name)?.share ?? null] as const),
    ['distinct texts per 100', ({ maskProbe }) => (maskProbe?.distinctMasksPerHundred == null ? null : maskProbe.distinctMasksPerHundred / 100)],
  ];
  return (
    <div class="scrolls">
      <table class="summary">
        <thead>
          <tr>
            <th scope="col">after step</th>
            {columns.map((step) => (
              <th key={step} scope="col">
                <button type="button" onClick={() => choose(step)}>
                  {step === 0 ? '0 (base)' : step}
                </button>
              </th>
            ))}
            {columns.length > 1 && <th scope="col">change</th>}
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, of]) => {
            const values = summaries.map(of);
            const [before, after] = values;
            return (
              <tr key={name}>
                <th scope="row">{name}</th>
                {values.map((value, i) => (
                  <td key={columns[i]} class="number">
                    {percent(value, 1)}
                  </td>
                ))}
                {columns.length > 1 && <td class="number">{before == null || after == null ? '' : `${after < before ? '−' : '+'}${Math.abs(100 * (after - before)).toFixed(1)}`}</td>}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function classesOf(parts: readonly ({ readonly byClass: readonly { readonly spanClass: string }[] } | null)[]): string[] {
  return [...new Set(parts.flatMap((part) => part?.byClass.map(({ spanClass }) => spanClass) ?? []))].sort();
}
