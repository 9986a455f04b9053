/**
 * Shares items among replicas. In: items, in order; what a replica does with one. Out: `use` sees each result, in the order of the items, as soon as it and
 * those before it are there. Wrong: the first error, once no replica is working any more; `use` sees nothing after it.
 */
export async function shareWork<T, R, W>(items: readonly T[], workers: readonly W[], work: (worker: W, item: T) => Promise<R>, use: (result: R) => void): Promise<void> {
  const waiting = new Map<number, R>();
  let next = 0;
  let used = 0;
  let failure: { readonly cause: unknown } | null = null;
  const take = async (worker: W): Promise<void> => {
    while (next < items.length && failure === null) {
      const index = next++;
      try {
        waiting.set(index, await work(worker, items[index]!));
        for (; waiting.has(used) && failure === null; used++) {
          use(waiting.get(used)!);
          waiting.delete(used);
        }
      } catch (cause) {
        failure ??= { cause };
      }
    }
  };
  await Promise.all(workers.map(take));
  if (failure !== null) throw (failure as { readonly cause: unknown }).cause;
}
