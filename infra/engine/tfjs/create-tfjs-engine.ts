/**
 * Starts the TensorFlow.js engine in a thread of its own, so that heartbeats, progress and signals go on while it computes. In: options. Out: an
 * `Engine` that passes calls on. Wrong: the port's errors; ENGINE_FAILED or OUT_OF_MEMORY for all open and later calls once the thread has died.
 */
import { SHARE_ENV, Worker } from 'node:worker_threads';
import type { Engine, EngineInfo } from '../../../operators/ports/engine.ts';
import type { EngineCalls } from './engine-calls.ts';
import type { TfjsEngineOptions } from './engine-options.ts';
import { ThreadCaller } from './threads/thread-caller.ts';

/** @throws BACKEND_UNAVAILABLE, MODEL_INVALID, MODEL_UNSUPPORTED, OUT_OF_MEMORY, ENGINE_FAILED */
export async function createTfjsEngine(options: TfjsEngineOptions): Promise<Engine> {
  const worker = new Worker(new URL('./engine-worker.js', import.meta.url), { workerData: options, env: SHARE_ENV, name: 'engine' }); // a native backend reads the process's environment
  const thread = new ThreadCaller<EngineCalls>(worker);
  const info = (await thread.ready) as EngineInfo;
  let version = 0;
  let closing: Promise<void> | null = null;
  const close = async (): Promise<void> => {
    try {
      if (!thread.isDead) await thread.call('close', []); // after the calls that are open
    } finally {
      await thread.terminate();
    }
  };
  return {
    info,
    version: () => version,
    generate: (request, progress) => thread.call('generate', [request], progress),
    score: (groups) => thread.call('score', [groups]),
    entropies: (texts) => thread.call('entropies', [texts]),
    accumulate: (request) => thread.call('accumulate', [request]),
    step: async (request) => {
      const result = await thread.call('step', [request]);
      version = result.policyVersion;
      return result;
    },
    discard: () => thread.call('discard', []),
    save: (directory, saveOptions) => thread.call('save', [directory, saveOptions]),
    load: async (directory) => {
      version = await thread.call('load', [directory]);
    },
    close: () => (closing ??= close()),
  };
}
