/**
 * Replays a run from its log. In: the run's folder, and what to ask of it. Out: events, and a promise of what was found. A log that is not what follows from it is an answer
 * (`ReplayOutcome.difference`), no error. Can go wrong, after an event `replay-failed`: RUN_NOT_FOUND, CONFIG_*, USAGE, RECORD_INVALID, LOG_DAMAGED for an altered
 * manifest, MODEL_*, BACKEND_UNAVAILABLE, and what a new run throws.
 */
import { Subject, type Observable } from 'rxjs';
import { PretrainZeroError } from '../schemas/pretrain-zero-error.ts';
import { loggedUpdates } from './replay/logged-updates.ts';
import { openReplay, type OpenedReplay } from './replay/open-replay.ts';
import type { EmitReplay, ReplayEvent, ReplayOutcome } from './replay/replay-events.ts';
import type { ReplayOptions } from './replay/replay-options.ts';
import { replayGradients } from './replay/replay-gradients.ts';
import { replayValues } from './replay/replay-values.ts';
import { replayWhatIf } from './replay/replay-what-if.ts';
import { trainFromLog } from './replay/train-from-log.ts';
import { withTopics } from './replay/with-topics.ts';
import type { PublishStep } from './replay/publish-steps.ts';

const defaultExamples = 5;

export interface Replay {
  /** Hot; subscribe before the next turn of the event loop to miss none. Completes with the replay, never errors. */
  readonly events: Observable<ReplayEvent>;
  readonly done: Promise<ReplayOutcome>;
}

export function replay(directory: string, options: ReplayOptions = {}): Replay {
  const events = new Subject<ReplayEvent>();
  const emit: EmitReplay = (event) => events.next(event);
  const done = new Promise<void>((resolve) => setImmediate(resolve))
    .then(() => withTopics(directory, options, (given, publish) => run(directory, given, emit, publish)))
    .then(
      (outcome) => {
        emit({ type: 'replay-finished', ...outcome });
        return outcome;
      },
      (error: unknown) => {
        emit({ type: 'replay-failed', code: error instanceof PretrainZeroError ? error.code : null, message: error instanceof Error ? error.message : String(error) });
        throw error;
      },
    )
    .finally(() => events.complete());
  return { events: events.asObservable(), done };
}

async function run(directory: string, options: ReplayOptions, emit: EmitReplay, publish: PublishStep | null): Promise<ReplayOutcome> {
  const opened = await openReplay(directory, options);
  if (publish !== null && opened.kind !== 'values') throw new PretrainZeroError('USAGE', '--to kafka publishes what the run logged: it goes with no --set that changes it');
  const { kind, range, changed } = opened;
  const signal = options.signal ?? new AbortController().signal;
  const totals = { steps: 0, rollouts: 0, rows: 0, exact: 0, near: 0 };
  const count: EmitReplay = (event) => {
    if (event.type === 'step-replayed') {
      totals.steps += 1;
      totals.rollouts += event.rollouts;
      totals.rows += event.rows;
    } else if (event.type === 'weights-compared') totals[event.exact ? 'exact' : 'near'] += 1;
    emit(event);
  };
  emit({ type: 'replay-started', kind, directory, ...range, changed });
  const answer = await answerOf(opened, options, count, signal, publish);
  const { steps, rollouts, rows, exact, near } = totals;
  const interrupted = signal.aborted && steps < range.to - range.from + 1 && (answer.difference ?? null) === null;
  return { kind, steps, rollouts, rows, difference: null, changes: null, trained: null, checkpoints: { exact, near }, interrupted, ...answer };
}

async function answerOf(opened: OpenedReplay, options: ReplayOptions, emit: EmitReplay, signal: AbortSignal, publish: PublishStep | null): Promise<Partial<ReplayOutcome>> {
  switch (opened.kind) {
    case 'values':
      return { difference: await replayValues(opened, loggedUpdates(opened.log), emit, signal, publish) };
    case 'gradients':
      return { difference: await replayGradients(opened, options, emit, signal) };
    case 'what-if':
      return { changes: await replayWhatIf(opened, options.examples ?? defaultExamples, emit, signal) };
    case 'train':
      return { trained: await trainFromLog(opened, options, emit, signal) };
  }
}
