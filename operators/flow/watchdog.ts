/**
 * Says why nothing moves. In: every sign of life of a run, and the state of its topics. Out: a stall whenever nothing moved
 * for `quietMs`, again after each further `quietMs`, with the edge whose messages wait. Time is the scheduler's.
 */
import { asyncScheduler, endWith, ignoreElements, map, share, startWith, switchMap, takeUntil, timer, type OperatorFunction, type SchedulerLike } from 'rxjs';
import type { TopicState } from '../ports/topic.ts';

export interface Stall {
  /** The edge nearest the sink with messages waiting; null where all edges are empty, as when the corpus gives nothing. */
  readonly edge: string | null;
  /** Messages waiting on it. */
  readonly waiting: number;
  /** Time since the last sign of life, milliseconds. */
  readonly quietMs: number;
  readonly message: string;
}

export interface WatchdogOptions {
  readonly quietMs: number;
  /** Edges in the order of the stages. */
  readonly edges: () => readonly TopicState[];
  readonly scheduler?: SchedulerLike;
}

/**
 * ```
 * life:       a-b-----------|
 * quietMs 4:  ------x---x---|
 * ```
 */
export function watchdog(options: WatchdogOptions): OperatorFunction<unknown, Stall> {
  const { quietMs, edges, scheduler = asyncScheduler } = options;
  return (source) => {
    const life = source.pipe(share());
    const end = life.pipe(ignoreElements(), endWith(true));
    return life.pipe(
      startWith(null),
      switchMap(() => timer(quietMs, quietMs, scheduler).pipe(map((times) => describeStall(edges(), quietMs * (times + 1))))),
      takeUntil(end),
    );
  };
}

function describeStall(edges: readonly TopicState[], quietMs: number): Stall {
  const blocked = edges.findLast((edge) => edge.published > edge.acknowledged);
  const seconds = Math.round(quietMs / 1000);
  if (blocked === undefined) {
    return { edge: null, waiting: 0, quietMs, message: `nothing moved for ${seconds} s; no message waits on any edge, so the corpus or the update is at work or stuck` };
  }
  const waiting = blocked.published - blocked.acknowledged;
  return { edge: blocked.name, waiting, quietMs, message: `nothing moved for ${seconds} s; ${waiting} messages wait on the edge ${blocked.name}` };
}
