/** The program of a worker: answers the calls of `LogReader`, with bytes that the page gets for it. */
import { logReader } from '../log/log-reader.ts';
import type { PartBytes } from '../log/part-bytes.ts';
import type { FromWorker, ToWorker } from './data/reader-messages.ts';

interface WorkerScope {
  onmessage: ((event: MessageEvent<ToWorker>) => void) | null;
  postMessage(message: FromWorker): void;
}

const scope = globalThis as unknown as WorkerScope;
const waiting = new Map<number, { readonly resolve: (bytes: ArrayBuffer) => void; readonly reject: (error: Error) => void }>();
let reads = 0;

const source: PartBytes = {
  read: (part, start, end) =>
    new Promise((resolve, reject) => {
      const id = reads++;
      waiting.set(id, { resolve, reject });
      scope.postMessage({ type: 'read', id, part, start, end });
    }),
};

const reader = logReader(source) as unknown as Record<string, (...args: readonly unknown[]) => Promise<unknown>>;

scope.onmessage = ({ data }) => {
  if (data.type === 'call') {
    const { id } = data;
    reader[data.method]!(...data.args).then(
      (value) => scope.postMessage({ type: 'result', id, value }),
      (error: unknown) => scope.postMessage({ type: 'failure', id, reason: error instanceof Error ? error.message : String(error) }),
    );
    return;
  }
  const read = waiting.get(data.id);
  waiting.delete(data.id);
  if (data.type === 'bytes') read?.resolve(data.bytes);
  else read?.reject(new Error(data.reason));
};
