/**
 * What a run's edges are made of, for tests of whole runs: the same body runs over each. A file `NAME.test.ts` runs its body in memory; `over-kafka.test.ts` runs them all over one real broker.
 */
import { test } from 'node:test';
import type { Config } from '../../schemas/config/config.ts';
import { startStubRun, type StartedStubRun, type StubRun, type StubRunOptions } from './stub-run.ts';

export interface Transport {
  readonly test: (name: string, body: () => Promise<void>) => void;
  /** A test that is none of another transport, and why. */
  readonly inMemory: (why: string, name: string, body: () => Promise<void> | void) => void;
  readonly startStubRun: (config: Config, options?: StubRunOptions) => Promise<StartedStubRun>;
  readonly stubRun: (config: Config, options?: StubRunOptions) => Promise<StubRun>;
  /** Of cases that differ little, those that the transport has time for. */
  readonly some: <T>(cases: readonly T[]) => readonly T[];
}

/** @param startRun begins a run */
export function transportOf(startRun: Transport['startStubRun'], others: Pick<Transport, 'test' | 'inMemory' | 'some'>): Transport {
  return {
    ...others,
    startStubRun: startRun,
    async stubRun(config, options) {
      const { run, store, engine, events } = await startRun(config, options);
      return { outcome: await run.done, events, store, engine };
    },
  };
}

export const memory: Transport = transportOf(startStubRun, {
  test: (name, body) => void test(name, body),
  inMemory: (_, name, body) => void test(name, body),
  some: (cases) => cases,
});
