/**
 * Waits for brokers, but not for ever: the library's own retries, one inside the other, go on for hours. In: a promise, and how long to wait. Out: what it gives, or a
 * rejection with what `late` makes. Time in which the process itself stood still (a laptop asleep, SIGSTOP) does not count.
 */
export function withPatience<T>(promise: Promise<T>, patienceMs: number, late: () => Error): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = countDown(patienceMs, () => reject(late()));
    promise.then(resolve, reject).finally(stop);
  });
}

const tickMs = 500;

/** Calls `late` once after so much running time; the result cancels. `reset` begins anew. */
export function countDown(patienceMs: number, late: () => void): (() => void) & { reset(): void } {
  let leftMs = patienceMs;
  const timer = setInterval(() => {
    leftMs -= tickMs;
    if (leftMs > 0) return;
    clearInterval(timer);
    late();
  }, Math.min(tickMs, patienceMs));
  return Object.assign(() => clearInterval(timer), { reset: () => void (leftMs = patienceMs) });
}
