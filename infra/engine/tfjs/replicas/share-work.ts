/**
 * Shares items among workers. In: items, in order; what a worker does with one. Out: `use` sees each result, in the order of the items, as soon as it and
 * those before it are there. Wrong: an error of `work` or `use`, once nobody works any more; `use` sees nothing after the item it is of.
 */
export async function shareWork<T, R, W>(items: readonly T[], workers: readonly W[], work: (worker: W, item: T) => Promise<R>, use: (result: R) => void): Promise<void> {
  const waiting = new Map<number, { readonly result: R }>();
  let next = 0;
  let used = 0;
  const takeItems = async (worker: W): Promise<void> => {
    while (next < items.length) {
      const index = next++;
      try {
        waiting.set(index, { result: await work(worker, items[index]!) });
        for (let done = waiting.get(used); done !== undefined; done = waiting.get(++used)) {
          waiting.delete(used);
          use(done.result);
        }
      } catch (cause) {
        next = items.length;
        throw cause;
      }
    }
  };
  const ends = await Promise.allSettled(workers.map(takeItems));
  const failed = ends.find((end) => end.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}
