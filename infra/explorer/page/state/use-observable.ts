import { useEffect, useState } from 'preact/hooks';
import type { Observable } from '../data/observable.ts';

/** Draws the component again whenever one of these changes. */
export function useObservable(...watched: readonly (Observable | null)[]): void {
  const [, draw] = useState(0);
  const drawn = watched.map((each) => each?.version);
  useEffect(() => {
    const again = (): void => draw((count) => count + 1);
    const ends = watched.map((each) => each?.subscribe(again));
    if (watched.some((each, i) => each?.version !== drawn[i])) again(); // it changed between the drawing and here
    return () => ends.forEach((end) => end?.());
  }, watched);
}
