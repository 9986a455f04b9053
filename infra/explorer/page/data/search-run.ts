/**
 * Text search over a whole run, the newest step first. In: the run, what is sought, who hears of hits and of progress, and what ends it. Out: resolves when all steps were read, or
 * enough was found; rejects once it was ended early. A step that cannot be read is told of by the run, and passed over.
 */
import type { SearchHit } from '../../log/search-step.ts';
import type { RunData } from './run-data.ts';

export interface SearchProgress {
  readonly hits: readonly SearchHit[];
  readonly stepsRead: number;
  readonly steps: number;
  /** Whether it ended before the last step because there were so many hits. */
  readonly full: boolean;
}

/** Hits after which the search stops. */
const enough = 1000;
const atOnce = 3;

export async function searchRun(run: RunData, query: string, tell: (progress: SearchProgress) => void, signal: AbortSignal): Promise<void> {
  const waiting = [...run.steps];
  const steps = waiting.length;
  let stepsRead = 0;
  let hits: SearchHit[] = [];
  const readNext = async (): Promise<void> => {
    for (let step = waiting.pop(); step !== undefined && !signal.aborted && hits.length < enough; step = waiting.pop()) {
      const found = await run.readers.background.search(step, query).catch((error: unknown) => {
        run.fail(error);
        return [];
      });
      signal.throwIfAborted();
      stepsRead += 1;
      if (found.length > 0) hits = [...hits, ...found].sort((a, b) => b.step - a.step);
      tell({ hits: hits.slice(0, enough), stepsRead, steps, full: hits.length >= enough });
    }
  };
  await Promise.all(Array.from({ length: atOnce }, readNext));
}
