/**
 * What the workers of a run tell, as the events of one run. In: the topic `events`, from this call on. Out: the events, how the run ended, and where its credits stand. A sink that fails and is started again tells
 * of its start again; the run began once. Can go wrong: what the bus throws.
 */
import { createDeferred } from '../../operators/flow/deferred.ts';
import { eventTold } from '../../schemas/records/control-messages.ts';
import type { EmitEvent, RunEvent, RunOutcome } from '../run-events.ts';
import { eventOf } from './event-teller.ts';
import type { RunBus } from './run-bus.ts';

export interface Watch {
  readonly finished: Promise<RunOutcome>;
  /** Ends the watch with the last step that was told. */
  leave(): void;
  /** Whether the sink has told of its start. */
  started(): boolean;
  credits(): { readonly inFlight: number | null; readonly capacity: number };
  close(): Promise<void>;
}

export interface WatchOptions {
  /** The run's folder, of a run that is left. */
  readonly directory: string;
  readonly emit: EmitEvent;
  readonly onStep: () => void;
}

export async function watchEvents(topics: RunBus, { directory, emit, onStep }: WatchOptions): Promise<Watch> {
  const finished = createDeferred<RunOutcome>();
  const [figures] = await topics.bus.topicFigures([topics.topic('events')]);
  const from = figures?.partitions[0]?.next ?? 0n;
  const { grpo, rollouts, run } = topics.config;
  let credits: ReturnType<Watch['credits']> = { inFlight: null, capacity: (1 + grpo.maxStaleness) * rollouts.paragraphsPerStep };
  let started = false;
  let step = 0;
  const member = await topics.follow('events', [eventTold], ({ record, lastOffset }) => {
    if (lastOffset < from) return;
    const event: RunEvent = eventOf(record);
    switch (event.type) {
      case 'finished': {
        const { kind, directory: folder, step: last, steps, before, after, alarms } = event;
        finished.resolve({ kind, directory: folder, step: last, steps, before, after, alarms });
        return;
      }
      case 'failed': // told by the worker's end
        return;
      case 'started':
        if (started) return;
        started = true;
        break;
      case 'credits':
        credits = event; // told with the next look
        return;
      case 'step-done':
        onStep();
        step = event.step;
        break;
      default:
    }
    emit(event);
  });
  member.ended.catch(finished.reject);
  return {
    finished: finished.promise,
    leave: () => finished.resolve({ kind: 'interrupted', directory, step, steps: run.steps, before: null, after: null, alarms: [] }),
    started: () => started,
    credits: () => credits,
    close: () => member.close(),
  };
}
