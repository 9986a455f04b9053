import { useEffect, useReducer } from 'preact/hooks';
import type { Observable } from '../data/observable.ts';

/** Draws the component again whenever one of these changes. */
export function useObservable(...watched: readonly (Observable | null)[]): void {
  const [, draw] = useReducer((count: number, _: undefined) => count + 1, 0);
  useEffect(() => {
    const ends = watched.map((each) => each?.subscribe(() => draw(undefined)));
    return () => ends.forEach((end) => end?.());
  }, watched);
}
