import { useEffect } from 'preact/hooks';
import { fillIndex } from '../data/fill-index.ts';
import type { RunData } from '../data/run-data.ts';

/** Reads what a run's index of masks lacks, as long as the component is shown. */
export function useIndex(run: RunData): void {
  useEffect(() => {
    const controller = new AbortController();
    void fillIndex(run, controller.signal);
    return () => controller.abort();
  }, [run, run.index, run.steps.length]);
}
