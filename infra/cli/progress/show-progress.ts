/**
 * Shows a run while it works. In: its events. Out: on a terminal a block that is drawn again at most ten times a second, elsewhere a line a step; or one JSON
 * object a line. Completes with the events. Nothing can go wrong.
 */
import { asyncScheduler, connect, EMPTY, finalize, ignoreElements, last, merge, scan, takeUntil, tap, throttleTime, type Observable, type SchedulerLike } from 'rxjs';
import type { RunEvent } from '../../../pipelines/run-events.ts';
import { inkOf } from '../ink.ts';
import type { Terminal } from '../terminal.ts';
import { eventLines } from './event-lines.ts';
import { createLiveBlock } from './live-block.ts';
import { liveLines } from './live-lines.ts';
import { emptyView, reduceView, type RunView } from './run-view.ts';

const redrawMs = 100;

export interface ShowOptions {
  /** Lines from elsewhere, which stay on the screen. */
  readonly notes?: Observable<string>;
  /** The time of redrawing. @default RxJS's asyncScheduler */
  readonly scheduler?: SchedulerLike;
}

export function showProgress(events: Observable<RunEvent>, terminal: Terminal, { notes = EMPTY, scheduler = asyncScheduler }: ShowOptions = {}): Observable<never> {
  const ink = inkOf(terminal.color);
  const block = createLiveBlock(terminal);
  return events.pipe(
    scan((seen: Seen, event) => ({ view: reduceView(seen.view, event), event }), { view: emptyView, event: null }),
    connect((seen$) =>
      terminal.interactive
        ? merge(
            notes.pipe(
              takeUntil(seen$.pipe(last(null, null))),
              tap((note) => block.print(note.split('\n'))),
            ),
            seen$.pipe(tap(({ view, event }) => block.print(event === null || event.type === 'step-done' ? [] : eventLines(event, view, ink)))),
            seen$.pipe(
              throttleTime(redrawMs, scheduler, { leading: true, trailing: true }),
              tap(({ view }) => block.draw(liveLines(view, terminal.columns(), ink))),
            ),
          )
        : seen$.pipe(tap(({ view, event }) => terminal.write(event === null ? '' : eventLines(event, view, ink).map((line) => `${line}\n`).join('')))),
    ),
    ignoreElements(),
    finalize(() => block.clear()),
  );
}

interface Seen {
  readonly view: RunView;
  readonly event: RunEvent | null;
}

/** One JSON object a line. */
export function printEvents(events: Observable<RunEvent>, terminal: Terminal): Observable<never> {
  return events.pipe(
    tap((event) => terminal.write(`${JSON.stringify(event)}\n`)),
    ignoreElements(),
  );
}
