/**
 * A run's folder for tests, in memory but for the checkpoints: what was committed can be looked at, and a crash is a new store over the
 * same commits. Like the real one, it forgets on resume all that came after the last checkpoint.
 */
import { join } from 'node:path';
import { checkpointFolder } from '../operators/training/checkpoint-folder.ts';
import type { RunStore, StepCommit } from '../operators/ports/run-store.ts';
import type { StepTiming } from '../schemas/records/step-timing.ts';

export interface StubRunStore extends RunStore {
  readonly commits: StepCommit[];
  readonly timings: StepTiming[];
}

export interface StubRunStoreOptions {
  /** Commits of the run before, which a resume begins with. */
  readonly commits?: readonly StepCommit[];
  /** Awaited before a commit becomes durable, for example to fail. */
  readonly before?: (commit: StepCommit) => Promise<void> | void;
}

/** @param directory where checkpoints go. */
export function createStubRunStore(directory: string, options: StubRunStoreOptions = {}): StubRunStore {
  const commits = structuredClone([...(options.commits ?? [])]);
  const timings: StepTiming[] = [];
  return {
    directory,
    commits,
    timings,
    async commit(step, save) {
      const copy = structuredClone(step);
      if (step.checkpoint) await save(join(directory, checkpointFolder(step.step)));
      await options.before?.(step);
      commits.push(copy);
    },
    recordTiming(timing) {
      timings.push(timing);
      return Promise.resolve();
    },
    resumePoint() {
      while (commits.length > 0 && !commits.at(-1)!.checkpoint) commits.pop();
      const last = commits.at(-1);
      if (last === undefined) return Promise.resolve({ step: 0, checkpointDirectory: null, corpusPosition: null, pending: [], pendingLetters: [] });
      const { step, corpusPosition, pending, pendingLetters } = structuredClone(last);
      return Promise.resolve({ step, checkpointDirectory: join(directory, checkpointFolder(step)), corpusPosition, pending, pendingLetters });
    },
    close: () => Promise.resolve(),
  };
}
