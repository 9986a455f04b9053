/** Processes of workers for tests: started by stage, ended by the test. */
import { createDeferred } from '../../../operators/flow/deferred.ts';
import type { ForkedExit, ForkedWorker } from '../../../infra/processes/fork-worker.ts';

export interface StubWorker extends ForkedWorker {
  readonly stage: string;
  readonly told: ('stop' | 'kill')[];
  exit(exit?: Partial<ForkedExit>): void;
}

export interface StubWorkers {
  readonly started: StubWorker[];
  readonly start: (stage: string) => StubWorker;
  /** Stages started so far, in order of name. */
  stages(): string[];
}

/** @param obeys whether a worker that is told to stop does. */
export function createStubWorkers(obeys = true): StubWorkers {
  const started: StubWorker[] = [];
  return {
    started,
    stages: () => started.map(({ stage }) => stage).sort(),
    start(stage) {
      const exited = createDeferred<ForkedExit>();
      const told: StubWorker['told'] = [];
      const exit = (changes: Partial<ForkedExit> = {}): void => exited.resolve({ code: 0, signal: null, failure: null, ...changes });
      const worker: StubWorker = {
        ...{ stage, told, exit, pid: started.length + 1, exited: exited.promise },
        stop() {
          told.push('stop');
          if (obeys) exit();
        },
        kill() {
          told.push('kill');
          exit({ code: null, signal: 'SIGKILL' });
        },
      };
      started.push(worker);
      return worker;
    },
  };
}
