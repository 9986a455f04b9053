/** What the run knew of held-out spans, and what it proposed to mask on held-out paragraphs, by class; each row of it. */
import { useEffect, useState } from 'preact/hooks';
import type { EvaluationRow } from '../../../../schemas/records/evaluation-row.ts';
import { printable, revealed, revealedAgainst } from '../../../shown-text/printable.ts';
import { Choice } from '../parts/choice.tsx';
import { EvaluationSummaryTable } from '../parts/evaluation-summary-table.tsx';
import { plural } from '../parts/figures.ts';
import { Pager } from '../parts/pager.tsx';
import { Problem } from '../parts/problem.tsx';
import { useKeys } from '../state/keys.ts';
import { usePromise } from '../state/use-promise.ts';
import type { ViewProps } from './view-props.ts';

const pageSize = 100;

export function Evaluations({ run, address, go }: ViewProps) {
  useEffect(() => run.wantFigures(), [run]);
  const steps = [...run.evaluations.keys()].sort((a, b) => a - b);
  const step = address.step !== null && run.evaluations.has(address.step) ? address.step : (steps.at(-1) ?? null);
  const [page, setPage] = useState(0);
  const found = usePromise(step === null ? null : () => run.evaluated(step), [run, step]);
  const at = step === null ? -1 : steps.indexOf(step);
  const goTo = (place: number) => () => steps[place] !== undefined && go({ step: steps[place] }, 'replace');
  useKeys([
    { keys: ['ArrowLeft', 'h'], does: 'the evaluation before', act: goTo(at - 1) },
    { keys: ['ArrowRight', 'l'], does: 'the next evaluation', act: goTo(at + 1) },
  ]);
  if (step === null) return <p class="muted hint">{run.figuresRead ? 'The run was not evaluated: `evaluation.cloze` and `evaluation.probe` of its config name held-out sets.' : 'Reading …'}</p>;
  const all = found.state === 'done' ? found.value.filter(({ kind }) => kind === address.kind) : [];
  const classes = [...new Set(all.map(({ spanClass }) => spanClass))].filter((name) => name !== '').sort();
  const rows = all.filter(({ spanClass, correct }) => (address.spanClass === null || spanClass === address.spanClass) && (address.right === null || correct === (address.right === 'right')));
  const change = (changes: Parameters<typeof go>[0]): void => {
    setPage(0);
    go(changes, 'replace');
  };
  return (
    <section class="evaluations" aria-label="Evaluations">
      <EvaluationSummaryTable evaluations={run.evaluations} steps={steps} chosen={step} choose={(chosen) => change({ step: chosen })} />
      <form class="filters" aria-label="Filters" onSubmit={(event) => event.preventDefault()}>
        <Choice label="After step" value={String(step)} choices={steps.map((each) => [String(each), each === 0 ? '0, the base model' : String(each)])} change={(chosen) => change({ step: Number(chosen) })} />
        <Choice
          label="Kind"
          value={address.kind}
          choices={[
            ['cloze', 'held-out spans predicted'],
            ['mask-probe', 'masks proposed'],
          ]}
          change={(kind) => change({ kind: kind ?? 'cloze', spanClass: null })}
        />
        <Choice label="Class" value={address.spanClass} any="all" choices={classes.map((each) => [each, each])} change={(spanClass) => change({ spanClass })} />
        <Choice
          label="Outcome"
          value={address.right}
          any="any"
          choices={[
            ['right', address.kind === 'cloze' ? 'right' : 'usable'],
            ['wrong', address.kind === 'cloze' ? 'wrong' : 'not usable'],
          ]}
          change={(right) => change({ right })}
        />
      </form>
      {found.state === 'failed' && <Problem reason={found.reason} />}
      <p class="status" role="status">
        {plural(rows.length, 'sample')} of {all.length.toLocaleString('en-US')}
      </p>
      <div class="scrolls">
        <table>
          <thead>
            <tr>
              <th scope="col">item</th>
              <th scope="col">class</th>
              <th scope="col">{address.kind === 'cloze' ? 'right' : 'usable'}</th>
              <th scope="col">answer</th>
              {address.kind === 'cloze' && <th scope="col">should be</th>}
              <th scope="col">response</th>
            </tr>
          </thead>
          <tbody>
            {rows.slice(page * pageSize, (page + 1) * pageSize).map((row) => (
              <Row key={`${row.itemId}/${row.sampleIndex}`} row={row} />
            ))}
          </tbody>
        </table>
      </div>
      <Pager page={page} pages={Math.ceil(rows.length / pageSize)} change={setPage} />
    </section>
  );
}

function Row({ row: { itemId, sampleIndex, spanClass, correct, answer, expected, responseText, kind } }: { readonly row: EvaluationRow }) {
  return (
    <tr>
      <td>
        <bdi>{printable(itemId)}</bdi> <span class="muted">{sampleIndex}</span>
      </td>
      <td>{spanClass}</td>
      <td>
        <span class={correct ? 'right' : 'wrong'} role="img" aria-label={correct ? 'yes' : 'no'}>
          {correct ? '✓' : '✗'}
        </span>
      </td>
      <td class="answer">{answer === null ? <span class="muted">(none)</span> : <bdi>{expected === null ? revealed(answer) : revealedAgainst(answer, expected)}</bdi>}</td>
      {kind === 'cloze' && <td class="answer">{expected !== null && <bdi>{revealed(expected)}</bdi>}</td>}
      <td class="response short">
        <bdi>{printable(responseText)}</bdi>
      </td>
    </tr>
  );
}
