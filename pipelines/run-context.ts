/**
 * What the stages of one run share in one process: credits, dead letters, stopwatch, and the run's signs of life. In: the
 * run's parts. Out: these, made for it. Nothing can go wrong here.
 */
import { ignoreElements, Subject, tap, type Observable } from 'rxjs';
import { createCredits, type Credits } from '../operators/flow/credits.ts';
import { createLetterBox, type LetterBox } from '../operators/flow/letter-box.ts';
import { observeEngine } from '../operators/flow/observe-engine.ts';
import { createStopwatch, type Stopwatch } from '../operators/flow/stopwatch.ts';
import { watchdog } from '../operators/flow/watchdog.ts';
import type { Engine } from '../operators/ports/engine.ts';
import type { TopicState } from '../operators/ports/topic.ts';
import type { StageProgress } from './run-events.ts';
import type { InMemoryParts } from './run-in-memory.ts';

/** Time without a sign of life after which the watchdog speaks. */
const defaultStallAfterMs = 120_000;

export interface RunContext {
  readonly credits: Credits;
  readonly letters: LetterBox;
  readonly stopwatch: Stopwatch;
  /** A sign of life that has no event of its own. */
  alive(): void;
  progress(event: Omit<StageProgress, 'type'>): void;
  /** The engine as one stage sees it: timed, its sampling told as that stage's progress at `step()`. */
  engineOf(stage: string, step: () => number): Engine;
  /** Tells of stalls while subscribed; completes with `stopWatching`. */
  readonly watch$: Observable<never>;
  stopWatching(): void;
}

/** @param edges the state of every edge, as it is when asked. */
export function createRunContext(parts: InMemoryParts, edges: () => readonly TopicState[]): RunContext {
  const { config, emit, scheduler, stallAfterMs = defaultStallAfterMs } = parts;
  const life = new Subject<void>();
  const stopwatch = createStopwatch(parts.clock);
  const progress = (event: Omit<StageProgress, 'type'>): void => {
    life.next();
    emit({ type: 'stage-progress', ...event });
  };
  return {
    stopwatch,
    progress,
    credits: createCredits((1 + config.grpo.maxStaleness) * config.rollouts.paragraphsPerStep),
    letters: createLetterBox((letter) => emit({ type: 'dead-letter', letter }), parts.resume.pendingLetters),
    alive: () => life.next(),
    engineOf: (stage, step) =>
      observeEngine(parts.engine, stopwatch, (done, total, tokens) => progress({ stage, step: step(), done, total, tokens })),
    watch$: life.pipe(
      watchdog({ quietMs: stallAfterMs, edges, ...(scheduler && { scheduler }) }),
      tap(({ message }) => emit({ type: 'warning', code: 'STALLED', message, step: null })),
      ignoreElements(),
    ),
    stopWatching: () => life.complete(),
  };
}
