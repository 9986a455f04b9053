/** All masks of the run that a filter lets through, sorted; page by page. */
import { useEffect, useMemo, useState } from 'preact/hooks';
import { printable, revealed } from '../../../shown-text/printable.ts';
import { drawingStage } from '../../view/drawing-stage.ts';
import type { IndexedMask } from '../../view/mask-index.ts';
import { selectMasks } from '../../view/select-masks.ts';
import { plural } from '../parts/figures.ts';
import { List } from '../parts/list.tsx';
import { Pager } from '../parts/pager.tsx';
import { SolvedShare } from '../parts/solved-share.tsx';
import { sampleHref } from '../state/navigation.ts';
import { useIndex } from '../state/use-index.ts';
import { FilterForm } from './filter-form.tsx';
import type { ViewProps } from './view-props.ts';

const pageSize = 100;

export function MaskList({ run, address, go }: ViewProps) {
  const { filter } = address;
  const [page, setPage] = useState(0);
  useIndex(run);
  const { index } = run;
  const filterKey = JSON.stringify(filter);
  const rows = useMemo(() => selectMasks(index, filter), [index, drawingStage(index.steps, run.steps.length), filterKey]);
  useEffect(() => setPage(0), [filterKey]);
  const { run: name, beside, step, slot, mask } = address;
  const list = useMemo(() => <Lines masks={Array.from(rows.subarray(page * pageSize, (page + 1) * pageSize), (row) => index.mask(row))} {...{ address, go }} />, [rows, page, name, beside, step, slot, mask]);
  return (
    <>
      <FilterForm filter={filter} classes={index.classes} change={(filter) => go({ filter }, 'replace')} />
      <p class="status" role="status">
        {plural(rows.length, 'mask')} of {index.length.toLocaleString('en-US')}
        {index.steps < run.steps.length && <progress value={index.steps} max={run.steps.length} aria-label={`${index.steps} of ${run.steps.length} steps read`} />}
      </p>
      {list}
      <Pager page={page} pages={Math.ceil(rows.length / pageSize)} change={setPage} />
    </>
  );
}

function Lines({ masks, address, go }: Pick<ViewProps, 'address' | 'go'> & { readonly masks: readonly IndexedMask[] }) {
  return (
    <List
      label="Masks"
      items={masks.map((mask) => {
        const { step, slot, index: at } = mask;
        return {
          key: `${step}/${slot}/${at}`,
          href: sampleHref(address, { step, slot, mask: at }),
          chosen: address.step === step && address.slot === slot && address.mask === at,
          choose: () => go({ step, slot, mask: at, prediction: null }, address.slot === null ? 'push' : 'replace'),
          content: <MaskLine mask={mask} />,
        };
      })}
    />
  );
}

function MaskLine({ mask }: { readonly mask: IndexedMask }) {
  const { step, slot, text, title, solved, attempts, rejection, agreeing, spanClass } = mask;
  return (
    <>
      <span class="number">
        {step}/{slot}
      </span>
      <span class="grow">
        <bdi class="answer">{text === '' ? '(none)' : revealed(text)}</bdi> <bdi class="muted">{revealed(title)}</bdi>
      </span>
      {rejection === null && <span class="muted">{printable(spanClass)}</span>}
      {agreeing > 1 && solved < attempts && (
        <span class="muted" title={`${agreeing} predictions agree on one wrong answer`}>
          ≠{agreeing}
        </span>
      )}
      {rejection === null ? <SolvedShare {...{ solved, attempts }} /> : <span class="solved untried">{rejection}</span>}
    </>
  );
}
