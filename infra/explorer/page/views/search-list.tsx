/** Text search in everything: paragraphs, hidden texts, responses; hits come as they are found. */
import { useEffect, useState } from 'preact/hooks';
import { printable } from '../../../shown-text/printable.ts';
import { searchRun, type SearchProgress } from '../data/search-run.ts';
import { Entry } from '../parts/entry.tsx';
import { plural } from '../parts/figures.ts';
import { List } from '../parts/list.tsx';
import { Pager } from '../parts/pager.tsx';
import { sampleHref } from '../state/navigation.ts';
import type { ViewProps } from './view-props.ts';

const pageSize = 100;
const placeWords = { paragraph: 'paragraph', mask: 'generation', prediction: 'prediction' } as const;
const nothing: SearchProgress = { hits: [], stepsRead: 0, steps: 0, full: false };

export function SearchList({ run, address, go }: ViewProps) {
  const { search } = address;
  const [progress, setProgress] = useState(nothing);
  const [controller, setController] = useState<AbortController | null>(null);
  const [page, setPage] = useState(0);
  const begin = (): (() => void) | undefined => {
    setProgress(nothing);
    setPage(0);
    if (search === '' || !run.known) return undefined;
    const started = new AbortController();
    setController(started);
    searchRun(run, search, setProgress, started.signal)
      .catch(() => undefined) // it was ended early
      .finally(() => setController((current) => (current === started ? null : current)));
    return () => started.abort();
  };
  useEffect(begin, [run, run.known, search]);
  const stop = (): void => {
    controller?.abort();
    setController(null);
  };
  const { hits, stepsRead, steps, full } = progress;
  return (
    <>
      <div class="bar">
        <Entry label="Search" value={search} placeholder="paragraphs, masks, responses" change={(text) => go({ search: text }, 'replace')} />
        {controller !== null && (
          <button type="button" onClick={stop}>
            Stop
          </button>
        )}
      </div>
      {search !== '' && (
        <p class="status" role="status">
          {plural(hits.length, 'hit')} in {plural(stepsRead, 'step')}
          {full ? ': the search stopped here' : controller === null && stepsRead < steps ? ', stopped' : ''}
          {controller !== null && <progress value={stepsRead} max={Math.max(1, steps)} aria-label={`${stepsRead} of ${steps} steps searched`} />}
        </p>
      )}
      <List
        label="Hits"
        items={hits.slice(page * pageSize, (page + 1) * pageSize).map(({ step, slot, mask, prediction, place, before, match, after }) => ({
          key: `${step}/${slot}/${place}/${mask ?? ''}/${prediction ?? ''}`,
          href: sampleHref(address, { step, slot, mask, prediction }),
          chosen: address.step === step && address.slot === slot && address.mask === mask && address.prediction === prediction,
          choose: () => go({ step, slot, mask, prediction }, address.slot === null ? 'push' : 'replace'),
          content: (
            <>
              <span class="number">
                {step}/{slot}
              </span>
              <span class="grow wraps">
                <span class="muted">{placeWords[place]}</span> <bdi>{printable(before)}</bdi>
                <b>
                  <bdi>{printable(match)}</bdi>
                </b>
                <bdi>{printable(after)}</bdi>
              </span>
            </>
          ),
        }))}
      />
      <Pager page={page} pages={Math.ceil(hits.length / pageSize)} change={setPage} />
    </>
  );
}
