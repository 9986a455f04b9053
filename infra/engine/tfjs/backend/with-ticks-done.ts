/**
 * In: work that makes Dawn poll its device. Out: its result, once Dawn polls no more. Wrong: what the work throws.
 *
 * Dawn polls through `setImmediate`, which it looks up on `globalThis` at each call, and asks for no second poll while one is on its way: whoever waits for a device in this thread, as
 * `readMapped` does, would wait for a poll that only the event loop can make.
 */
export async function withTicksDone<T>(work: () => Promise<T>): Promise<T> {
  const { setImmediate } = globalThis;
  let open = 0;
  const counted = (tick: () => void): NodeJS.Immediate => {
    open++;
    return setImmediate(() => {
      open--;
      tick();
    });
  };
  Object.assign(globalThis, { setImmediate: counted });
  try {
    const result = await work();
    while (open > 0) await new Promise<void>((resolve) => setImmediate(resolve));
    return result;
  } finally {
    Object.assign(globalThis, { setImmediate });
  }
}
