/**
 * The calling side of a thread that runs `serveCalls`. In: the worker. Out: its results. Wrong: its errors; ENGINE_FAILED or OUT_OF_MEMORY for all open and later
 * calls once it has died.
 */
import type { Worker } from 'node:worker_threads';
import type { GenerateProgress } from '../../../../operators/ports/engine.ts';
import { PretrainZeroError } from '../../../../schemas/pretrain-zero-error.ts';
import { asEngineError, fromErrorMessage } from '../engine-error.ts';
import type { Methods, ReplyMessage } from './call-messages.ts';

interface OpenCall {
  readonly resolve: (value: unknown) => void;
  readonly reject: (cause: unknown) => void;
  readonly progress: GenerateProgress | undefined;
}

export class ThreadCaller<C extends Methods<C>> {
  /** What the thread gave when it was ready. */
  readonly ready: Promise<unknown>;
  readonly #worker: Worker;
  readonly #calls = new Map<number, OpenCall>();
  #lastId = 0;
  #death: PretrainZeroError | null = null;

  constructor(worker: Worker) {
    this.#worker = worker;
    this.ready = new Promise((resolve, reject) => {
      worker.on('message', (message: ReplyMessage) => {
        if (message.kind === 'ready') resolve(message.value);
        else if (message.kind === 'refused') this.#die(fromErrorMessage(message.error), reject);
        else this.#receive(message);
      });
      worker.on('error', (cause) => this.#die(asEngineError(cause), reject));
      worker.on('exit', (code) => this.#die(new PretrainZeroError('ENGINE_FAILED', `The engine's thread ended with code ${code}`), reject));
    });
    this.ready.catch(() => undefined); // whoever calls sees it too
  }

  call<M extends keyof C & string>(method: M, args: Parameters<C[M]>, progress?: GenerateProgress): Promise<Awaited<ReturnType<C[M]>>> {
    return new Promise((resolve, reject) => {
      if (this.#death !== null) {
        reject(this.#death);
        return;
      }
      const id = ++this.#lastId;
      this.#calls.set(id, { resolve: (value) => resolve(value as Awaited<ReturnType<C[M]>>), reject, progress });
      this.#worker.postMessage({ id, method, arguments: args });
    });
  }

  get isDead(): boolean {
    return this.#death !== null;
  }

  /** Ends the thread at once; open calls fail. */
  async terminate(): Promise<void> {
    await this.#worker.terminate();
  }

  #receive(message: Exclude<ReplyMessage, { kind: 'ready' | 'refused' }>): void {
    const call = this.#calls.get(message.id);
    if (call === undefined) return;
    if (message.kind === 'progress') {
      call.progress?.(message.tokens, message.openRows);
      return;
    }
    this.#calls.delete(message.id);
    if (message.kind === 'error') call.reject(fromErrorMessage(message.error));
    else call.resolve(message.value);
  }

  #die(cause: PretrainZeroError, reject: (cause: PretrainZeroError) => void): void {
    this.#death ??= cause;
    for (const call of this.#calls.values()) call.reject(this.#death);
    this.#calls.clear();
    reject(this.#death);
    void this.#worker.terminate();
  }
}
