/**
 * The workers that this process has started. In: how to start one, and how many of each stage. Out: they are kept at that number: one that dies is started again after a pause that
 * grows, and it is said. Can go wrong: with the error of a worker that another start would not mend; WORKER_FAILED where one keeps dying.
 */
import { createDeferred } from '../../operators/flow/deferred.ts';
import { errorCodes, type ErrorCode } from '../../schemas/error-codes.ts';
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';
import type { ForkedExit, ForkedWorker } from '../../infra/processes/fork-worker.ts';
import type { EmitEvent } from '../run-events.ts';
import type { StartWorker } from './start-worker.ts';

/** Errors after which the same worker may do better. All others end the run. */
const passing: ReadonlySet<string> = new Set<ErrorCode>(['BROKER_UNREACHABLE', 'BROKER_FAILED', 'NETWORK_FAILED', 'ENGINE_FAILED', 'OUT_OF_MEMORY', 'DISK_FULL', 'WEIGHTS_UNAVAILABLE', 'RUN_LOCKED']);

const firstPauseMs = 500;
const longestPauseMs = 30_000;
/** Deaths of one stage's workers in a row, without a step done between them, after which the run is given up. */
const mostDeaths = 12;

export interface WorkerPoolOptions {
  readonly start: StartWorker;
  readonly emit: EmitEvent;
  /** Resolves after so long, or once the signal is aborted. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
}

export class WorkerPool {
  readonly #options: WorkerPoolOptions;
  readonly #running = new Map<ForkedWorker, string>();
  readonly #failed = createDeferred<never>();
  readonly #deaths = new Map<string, number>();
  readonly #ending = new AbortController();

  constructor(options: WorkerPoolOptions) {
    this.#options = options;
  }

  /** Rejects with what ends the run. */
  get failed(): Promise<never> {
    return this.#failed.promise;
  }

  /** Own processes of a stage, those about to be started again among them. */
  count(stage: string): number {
    return [...this.#running.values()].filter((each) => each === stage).length;
  }

  start(stage: string): void {
    const worker = this.#options.start(stage);
    this.#running.set(worker, stage);
    void worker.exited.then((exit) => this.#exited(worker, stage, exit));
  }

  /** A step is done: what died before it does not count any more. */
  progressed(): void {
    this.#deaths.clear();
  }

  /** SIGTERM to the workers of a stage. */
  stop(stage: string): void {
    for (const [worker, of] of this.#running) if (of === stage) worker.stop();
  }

  /** None is started any more. Those that have not left after `graceMs` are told to, then made to. */
  async end(graceMs: number): Promise<void> {
    this.#ending.abort();
    const workers = [...this.#running.keys()];
    const gone = Promise.all(workers.map(({ exited }) => exited));
    const left = new AbortController(); // nothing is waited for any more: a timer that is still set would keep the process
    const within = (ms: number): Promise<boolean> => Promise.race([gone.then(() => true), this.#options.wait(ms, left.signal).then(() => false)]);
    try {
      if (graceMs > 0 && (await within(graceMs))) return;
      workers.forEach((worker) => worker.stop());
      if (await within(longestPauseMs)) return;
      workers.forEach((worker) => worker.kill());
      await gone;
    } finally {
      left.abort();
    }
  }

  #mayStart(): boolean {
    return !this.#ending.signal.aborted;
  }

  async #exited(worker: ForkedWorker, stage: string, { code, signal, failure }: ForkedExit): Promise<void> {
    if (this.#ending.signal.aborted || code === 0) {
      this.#running.delete(worker);
      return;
    }
    if (failure?.code != null && failure.code in errorCodes && !passing.has(failure.code)) {
      this.#failed.reject(new PretrainZeroError(failure.code as ErrorCode, `${failure.message} (worker ${stage})`));
      return;
    }
    const deaths = (this.#deaths.get(stage) ?? 0) + 1;
    this.#deaths.set(stage, deaths);
    const why = failure === null ? (signal ?? `exit code ${code}`) : `${failure.code ?? 'unexpected'}: ${failure.message}`;
    if (deaths > mostDeaths) {
      this.#failed.reject(new PretrainZeroError('WORKER_FAILED', `the worker ${stage} died ${deaths} times in a row, the last time of ${why}`));
      return;
    }
    const pauseMs = Math.min(longestPauseMs, firstPauseMs * 2 ** (deaths - 1));
    this.#options.emit({ type: 'warning', code: 'WORKER_FAILED', message: `the worker ${stage} ended (${why}); another starts in ${pauseMs / 1000} s`, step: null });
    await this.#options.wait(pauseMs, this.#ending.signal);
    this.#running.delete(worker);
    if (this.#mayStart()) this.start(stage);
  }
}
