import { useEffect, useState } from 'preact/hooks';
import type { Observable } from '../data/observable.ts';

/** Draws the component again whenever one of these changes. */
export function useObservable(...watched: readonly (Observable | null)[]): void {
  const [, draw] = useState(0);
  useEffect(() => {
    const ends = watched.map((each) => each?.subscribe(() => draw((count) => count + 1)));
    return () => ends.forEach((end) => end?.());
  }, watched);
}
