/**
 * Splits each step's time. In: the injected clock, and the work of each phase. Out: `StepTiming`, whose parts add up to
 * the whole: what is neither generating, training nor logging is the flow's own.
 */
import type { StepTiming } from '../../schemas/records/step-timing.ts';
import type { Clock } from '../ports/clock.ts';

export type Phase = 'generate' | 'train' | 'log';

export interface Stopwatch {
  /** Runs `work` and counts its time to `phase`. Work of different phases must not overlap. */
  measure<T>(phase: Phase, work: () => Promise<T>): Promise<T>;
  /** The time since the lap before, or since the watch was made. */
  lap(step: number): StepTiming;
}

export function createStopwatch(clock: Clock): Stopwatch {
  let lapStart = clock.now();
  let spent: Record<Phase, number> = { generate: 0, train: 0, log: 0 }; // milliseconds
  return {
    async measure(phase, work) {
      const start = clock.now();
      try {
        return await work();
      } finally {
        spent[phase] += clock.now() - start;
      }
    },
    lap(step) {
      const now = clock.now();
      const totalMs = now - lapStart;
      const { generate, train, log } = spent;
      lapStart = now;
      spent = { generate: 0, train: 0, log: 0 };
      return {
        step,
        wallTimeMs: clock.wallTime(),
        totalMs,
        generateMs: generate,
        trainMs: train,
        logMs: log,
        flowMs: Math.max(0, totalMs - generate - train - log),
      };
    },
  };
}
