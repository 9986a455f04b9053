/**
 * What a worker tells, for whoever watches the run. In: events. Out: on the topic `events`, those of progress at most twice a second a stage. Telling is no part of the work: what cannot
 * be told is let go.
 */
import { eventTold, type EventTold } from '../../schemas/records/control-messages.ts';
import type { EmitEvent, RunEvent } from '../run-events.ts';
import type { RunBus } from './run-bus.ts';

const progressEveryMs = 500;

export interface EventTeller {
  readonly tell: EmitEvent;
  /** Resolves once all that was told is on the topic, or let go. */
  flush(): Promise<void>;
}

/** @param now milliseconds, monotonic. */
export function createEventTeller(run: RunBus, worker: string, now: () => number): EventTeller {
  const lastTold = new Map<string, number>();
  let count = 0;
  let told = Promise.resolve();
  const tell: EmitEvent = (event) => {
    if (event.type === 'stage-progress' && event.done < event.total) {
      if (now() - (lastTold.get(event.stage) ?? -Infinity) < progressEveryMs) return;
      lastTold.set(event.stage, now());
    }
    count += 1;
    const record: EventTold = { worker, event: JSON.stringify(event) };
    const telling = run.publish('events', eventTold, record, { epoch: 0, step: 0, id: `${worker}/${count}` }).catch(() => undefined);
    told = Promise.all([told, telling]).then(() => undefined);
  };
  return { tell, flush: () => told };
}

export function eventOf({ event }: EventTold): RunEvent {
  return JSON.parse(event) as RunEvent;
}
