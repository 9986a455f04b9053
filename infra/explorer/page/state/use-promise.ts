import { useEffect, useState } from 'preact/hooks';

export type Awaited<T> = { readonly state: 'waiting' } | { readonly state: 'done'; readonly value: T } | { readonly state: 'failed'; readonly reason: string };

/**
 * What a promise comes to, made anew when a key changes. While the next is under way the last value stays, so that nothing flickers.
 * @param make null: nothing is asked for
 */
export function usePromise<T>(make: (() => Promise<T>) | null, keys: readonly unknown[]): Awaited<T> {
  const [found, setFound] = useState<Awaited<T>>({ state: 'waiting' });
  useEffect(() => {
    let wanted = true;
    if (make === null) setFound({ state: 'waiting' });
    else
      make().then(
        (value) => wanted && setFound({ state: 'done', value }),
        (error: unknown) => wanted && setFound({ state: 'failed', reason: error instanceof Error ? error.message : String(error) }),
      );
    return () => void (wanted = false);
  }, keys);
  return found;
}
