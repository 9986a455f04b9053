/** What the run could not use, and why. */
import { useState } from 'preact/hooks';
import { deadLetterTable } from '../../../sample-log/log-tables.ts';
import { printable } from '../../../shown-text/printable.ts';
import { plural } from '../parts/figures.ts';
import { Pager } from '../parts/pager.tsx';
import { Problem } from '../parts/problem.tsx';
import { usePromise } from '../state/use-promise.ts';
import type { ViewProps } from './view-props.ts';

/** Steps whose letters are on one page. */
const pageSteps = 20;

export function Letters({ run }: ViewProps) {
  const [page, setPage] = useState(0);
  const steps = run.steps.filter(({ parts }) => parts[deadLetterTable.folder] !== undefined).reverse();
  const shown = steps.slice(page * pageSteps, (page + 1) * pageSteps);
  const found = usePromise(async () => (await Promise.all(shown.map((step) => run.readers.near.deadLetters(step).then((letters) => letters.map((letter) => ({ ...letter, committed: step.step })))))).flat(), [run, run.steps.length, page]);
  if (steps.length === 0) return <p class="muted hint">{run.known ? 'Nothing was given up: the run has no dead letters.' : 'Reading …'}</p>;
  const letters = found.state === 'done' ? found.value : [];
  return (
    <section aria-label="Dead letters">
      {found.state === 'failed' && <Problem reason={found.reason} />}
      <p class="status" role="status">
        {plural(letters.length, 'dead letter')} of {plural(shown.length, 'step')}; {plural(steps.length, 'step')} have some
      </p>
      <div class="scrolls">
        <table>
          <thead>
            <tr>
              <th scope="col">step</th>
              <th scope="col">stage</th>
              <th scope="col">code</th>
              <th scope="col">what was wrong</th>
              <th scope="col">where</th>
            </tr>
          </thead>
          <tbody>
            {letters.map(({ committed, stage, code, message, recordId, file, pageId, byteOffset }, i) => (
              <tr key={i}>
                <td class="number">{committed}</td>
                <td>{printable(stage)}</td>
                <td>{printable(code)}</td>
                <td>
                  <bdi>{printable(message)}</bdi>
                </td>
                <td class="muted">
                  <bdi>{printable([recordId, file, pageId === null ? null : `page ${pageId}`, byteOffset === null ? null : `byte ${byteOffset}`].filter((part) => part !== null).join(', '))}</bdi>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Pager page={page} pages={Math.ceil(steps.length / pageSteps)} change={setPage} />
    </section>
  );
}
