/**
 * Ctrl-C and SIGTERM. In: where signals come from. Out: an AbortSignal that the first one aborts. The second stops at once. Signals within half a second are
 * one: a terminal sends Ctrl-C to npm and to its child, and npm passes its own on. Nothing can go wrong.
 */
import type { Clock } from '../../operators/ports/clock.ts';

const names = ['SIGINT', 'SIGTERM'] as const;
const oneSignalMs = 500;

export interface SignalSource {
  on(name: (typeof names)[number], listener: () => void): unknown;
  off(name: (typeof names)[number], listener: () => void): unknown;
}

export interface StopSignals {
  readonly signal: AbortSignal;
  /** Signals act as they did before. */
  close(): void;
}

export function listenForStop(source: SignalSource, clock: Clock, on: { readonly first: () => void; readonly second: () => void }): StopSignals {
  const controller = new AbortController();
  let firstAt = 0;
  const listener = (): void => {
    if (!controller.signal.aborted) {
      firstAt = clock.now();
      controller.abort();
      on.first();
    } else if (clock.now() - firstAt >= oneSignalMs) on.second();
  };
  for (const name of names) source.on(name, listener);
  return {
    signal: controller.signal,
    close: () => {
      for (const name of names) source.off(name, listener);
    },
  };
}
