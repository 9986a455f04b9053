/**
 * The serving side of a thread. In: a function that opens what is served. Out: its results and errors as messages to the parent. Wrong: nothing is
 * thrown here; errors become messages.
 */
import { parentPort, type Transferable } from 'node:worker_threads';
import type { GenerateProgress } from '../../../../operators/ports/engine.ts';
import { toErrorMessage } from '../engine-error.ts';
import type { CallMessage, Methods, ReplyMessage } from './call-messages.ts';

export interface Served<C extends Methods<C>> {
  /** What the caller gets once the thread is ready. */
  readonly ready: unknown;
  readonly methods: { readonly [M in keyof C]: (progress: GenerateProgress, ...args: Parameters<C[M]>) => Promise<Awaited<ReturnType<C[M]>>> };
  /** Buffers of a result that are given away rather than copied. */
  readonly transfer?: (value: unknown) => Transferable[];
}

export async function serveCalls<C extends Methods<C>>(open: () => Promise<Served<C>>): Promise<void> {
  const port = parentPort!;
  const reply = (message: ReplyMessage, transfer: Transferable[] = []): void => port.postMessage(message, transfer);
  try {
    const served = await open();
    port.on('message', (message: CallMessage<C>) => {
      const { id } = message;
      const progress: GenerateProgress = (tokens, openRows) => reply({ kind: 'progress', id, tokens, openRows });
      const serve = Reflect.get(served.methods, message.method) as (progress: GenerateProgress, ...args: Parameters<C[keyof C]>) => Promise<unknown>;
      serve(progress, ...message.arguments).then(
        (value) => reply({ kind: 'result', id, value }, served.transfer?.(value)),
        (cause: unknown) => reply({ kind: 'error', id, error: toErrorMessage(cause) }),
      );
    });
    reply({ kind: 'ready', value: served.ready });
  } catch (cause) {
    reply({ kind: 'refused', error: toErrorMessage(cause) });
  }
}
