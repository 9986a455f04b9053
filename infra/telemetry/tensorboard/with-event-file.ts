/**
 * A run's store that writes TensorBoard's file too: a step's events follow its commit. In: the store, opened. Out: the same with the file. Can go wrong: what
 * opening and writing the file throws, as for the run's other files.
 */
import type { RunStore, StepCommit } from '../../../operators/ports/run-store.ts';
import { openEventFile, type EventFileDeps } from './open-event-file.ts';

export async function withEventFile(store: RunStore, deps: EventFileDeps): Promise<RunStore> {
  const file = await openEventFile(store.directory, deps);
  const untimed = new Map<number, Pick<StepCommit, 'report' | 'evaluations'>>();
  return {
    directory: store.directory,
    async commit(commit, save) {
      await store.commit(commit, save);
      untimed.set(commit.step, { report: commit.report, evaluations: commit.evaluations });
    },
    async recordTiming(timing) {
      await store.recordTiming(timing);
      const committed = untimed.get(timing.step);
      if (committed === undefined) return; // it was committed before this store was opened, which made its events
      untimed.delete(timing.step);
      await file.append({ ...committed, timing, wallTimeMs: timing.wallTimeMs });
    },
    resumePoint: () => store.resumePoint(),
    close: () => store.close(),
  };
}
