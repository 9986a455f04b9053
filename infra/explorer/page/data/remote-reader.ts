/**
 * A `LogReader` in a worker. In: where bytes come from, how a worker is started. Out: the reader. A worker that does not answer in time is stopped, its calls fail, and the next
 * call starts another: the decoder may take for ever over a part that was altered.
 */
import type { LogReader } from '../../log/log-reader.ts';
import type { PartBytes } from '../../log/part-bytes.ts';
import type { FromWorker, Method, ToWorker } from './reader-messages.ts';

const patienceMs = 60_000;

interface Call {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
  readonly timer: ReturnType<typeof setTimeout>;
}

/** @param started whether the worker starts at once, not with the first call */
export function remoteReader(source: PartBytes, start: () => Worker, started: boolean): LogReader {
  const calls = new Map<number, Call>();
  let ids = 0;
  let running: Worker | null = started ? startWorker() : null;

  const call =
    (method: Method) =>
    (...args: readonly unknown[]): Promise<unknown> =>
      new Promise((resolve, reject) => {
        const worker = (running ??= startWorker());
        const id = ids++;
        const timer = setTimeout(() => stop(`no answer in ${patienceMs / 1000} s: is a part of the log damaged? \`pretrainzero verify\` tells`), patienceMs);
        calls.set(id, { resolve, reject, timer });
        post(worker, { type: 'call', id, method, args });
      });

  function startWorker(): Worker {
    const worker = start();
    worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => {
      if (data.type === 'read') {
        void source.read(data.part, data.start, data.end).then(
          (bytes) => post(worker, { type: 'bytes', id: data.id, bytes }, [bytes]),
          (error: unknown) => post(worker, { type: 'no-bytes', id: data.id, reason: error instanceof Error ? error.message : String(error) }),
        );
        return;
      }
      const found = calls.get(data.id);
      if (found === undefined) return;
      calls.delete(data.id);
      clearTimeout(found.timer);
      if (data.type === 'result') found.resolve(data.value);
      else found.reject(new Error(data.reason));
    });
    worker.addEventListener('error', (event) => stop(event.message));
    return worker;
  }

  function stop(reason: string): void {
    running?.terminate();
    running = null;
    for (const { reject, timer } of calls.values()) {
      clearTimeout(timer);
      reject(new Error(reason));
    }
    calls.clear();
  }

  return {
    reports: call('reports') as LogReader['reports'],
    evaluations: call('evaluations') as LogReader['evaluations'],
    deadLetters: call('deadLetters') as LogReader['deadLetters'],
    samples: call('samples') as LogReader['samples'],
    digest: call('digest') as LogReader['digest'],
    search: call('search') as LogReader['search'],
    tokens: call('tokens') as LogReader['tokens'],
    questions: call('questions') as LogReader['questions'],
    answers: call('answers') as LogReader['answers'],
    texts: call('texts') as LogReader['texts'],
  };
}

function post(worker: Worker, message: ToWorker, transfer: Transferable[] = []): void {
  worker.postMessage(message, transfer);
}
