/**
 * Starts the TensorFlow.js engine in a thread of its own, so that heartbeats, progress and signals go on while it computes. In: options. Out: an
 * `Engine` that passes calls on. Wrong: the port's errors; ENGINE_FAILED or OUT_OF_MEMORY for all open and later calls once the thread has died.
 */
import { Worker } from 'node:worker_threads';
import type { Engine, EngineInfo, GenerateProgress } from '../../../operators/ports/engine.ts';
import { PretrainZeroError } from '../../../schemas/pretrain-zero-error.ts';
import { asEngineError, fromErrorMessage } from './engine-error.ts';
import type { EngineArguments, EngineMethod, EngineResult, ReplyMessage } from './engine-messages.ts';
import type { TfjsEngineOptions } from './engine-options.ts';

interface OpenCall {
  readonly resolve: (value: unknown) => void;
  readonly reject: (cause: unknown) => void;
  readonly progress: GenerateProgress | undefined;
}

/** @throws BACKEND_UNAVAILABLE, MODEL_INVALID, MODEL_UNSUPPORTED, OUT_OF_MEMORY, ENGINE_FAILED */
export async function createTfjsEngine(options: TfjsEngineOptions): Promise<Engine> {
  const worker = new Worker(new URL('./engine-worker.js', import.meta.url), { workerData: options, name: 'engine' });
  const thread = new EngineThread(worker);
  const info = await thread.ready;
  return {
    info,
    version: () => thread.version,
    generate: (request, progress) => thread.call('generate', [request], progress),
    score: (groups) => thread.call('score', [groups]),
    accumulate: (request) => thread.call('accumulate', [request]),
    step: (request) => thread.call('step', [request]),
    discard: () => thread.call('discard', []),
    save: (directory, saveOptions) => thread.call('save', [directory, saveOptions]),
    load: (directory) => thread.call('load', [directory]),
    close: () => thread.close(),
  };
}

class EngineThread {
  readonly ready: Promise<EngineInfo>;
  version = 0;
  readonly #worker: Worker;
  readonly #calls = new Map<number, OpenCall>();
  #lastId = 0;
  #death: PretrainZeroError | null = null;
  #isClosed = false;

  constructor(worker: Worker) {
    this.#worker = worker;
    this.ready = new Promise((resolve, reject) => {
      worker.on('message', (message: ReplyMessage) => {
        if (message.kind === 'ready') {
          this.version = message.version;
          resolve(message.info);
        } else if (message.kind === 'refused') {
          reject(fromErrorMessage(message.error));
          void worker.terminate();
        } else {
          this.#receive(message);
        }
      });
      const die = (cause: PretrainZeroError): void => {
        this.#die(cause);
        reject(cause);
      };
      worker.on('error', (cause) => die(asEngineError(cause)));
      worker.on('exit', (code) => die(new PretrainZeroError('ENGINE_FAILED', `The engine's thread ended with code ${code}`)));
    });
  }

  call<M extends EngineMethod>(method: M, args: EngineArguments<M>, progress?: GenerateProgress): Promise<EngineResult<M>> {
    return new Promise((resolve, reject) => {
      if (this.#death !== null) {
        reject(this.#death);
        return;
      }
      const id = ++this.#lastId;
      this.#calls.set(id, { resolve: (value) => resolve(value as EngineResult<M>), reject, progress });
      this.#worker.postMessage({ id, method, arguments: args });
    });
  }

  /** Waits for open calls. Idempotent. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    if (this.#death === null) await this.call('close', []);
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
    if (message.kind === 'error') {
      call.reject(fromErrorMessage(message.error));
      return;
    }
    this.version = message.version;
    call.resolve(message.value);
  }

  #die(cause: PretrainZeroError): void {
    this.#death ??= cause;
    for (const call of this.#calls.values()) call.reject(this.#death);
    this.#calls.clear();
  }
}
