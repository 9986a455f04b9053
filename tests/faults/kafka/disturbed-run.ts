/**
 * A run over a real broker, each worker a process of its own, with faults at random moments of it. In: the broker and the proxy before it, the config, a fault and how often. Out: how it
 * ended, its folder and its topics. What a fault may use is its scene.
 */
import { writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { stringify } from 'yaml';
import type { Broker } from '../../../infra/kafka/start-broker.ts';
import type { TinkerEngineOptions } from '../../../infra/engine/tinker/tinker-options.ts';
import { forkWorker, type ForkedExit, type ForkedWorker } from '../../../infra/processes/fork-worker.ts';
import { drawInt } from '../../../operators/flow/seeds.ts';
import { openRunBus } from '../../../pipelines/distributed/open-run-bus.ts';
import type { RunBus } from '../../../pipelines/distributed/run-bus.ts';
import { workerCounts } from '../../../pipelines/distributed/stage-names.ts';
import { supervise } from '../../../pipelines/distributed/supervise.ts';
import { namedTopologies } from '../../../pipelines/named-topologies.ts';
import type { RunEvent, RunOutcome } from '../../../pipelines/run-events.ts';
import { configSchema, type Config } from '../../../schemas/config/config.ts';
import { readRunRecords } from './read-run-records.ts';
import type { RunRecords } from './exactness.ts';
import type { KafkaProxy } from './kafka-proxy.ts';

export interface FaultScene {
  readonly broker: Broker;
  readonly proxy: KafkaProxy;
  readonly run: RunBus;
  /** The run's folder. */
  readonly directory: string;
  readonly draw: () => number;
  /** A worker of the stage that runs; where there is none for the moment, the next. */
  worker(stage: string): Promise<ForkedWorker>;
  /** One more worker of the stage, which nobody starts again. */
  add(stage: string): ForkedWorker;
  /** Resolves with the first event from now on that is asked for, or where the run ends before. */
  event(isAskedFor: (event: RunEvent) => boolean): Promise<void>;
}

export type Fault = (scene: FaultScene) => Promise<void>;

export interface Disturbance {
  readonly fault: Fault;
  readonly times: number;
  readonly draw: () => number;
  /** As `--workers` has it. */
  readonly workers: string;
  readonly directory: string;
  /** Of the engine, where it is on a Tinker server. @default the stub engine, which takes its time */
  readonly tinker?: TinkerEngineOptions;
}

export interface DisturbedRun {
  readonly outcome: RunOutcome;
  readonly records: RunRecords;
  /** Workers that ended by themselves before the run did, or with an error. */
  readonly deaths: readonly { readonly stage: string; readonly exit: ForkedExit }[];
  /** Faults that happened, and when: milliseconds after the start. */
  readonly momentsMs: readonly number[];
  readonly ranMs: number;
}

const program = fileURLToPath(new URL('stub-worker.js', import.meta.url));
/** Of each call of the engine, so that moments fall into all kinds of work. */
const latencyMs = 25;
/** About what passes from the first process to the first step. */
const startMs = 3000;
/** About what a step takes. */
const firstStepMs = 300;

export async function disturbedRun({ broker, proxy }: Pick<FaultScene, 'broker' | 'proxy'>, config: Config, disturbance: Disturbance): Promise<DisturbedRun> {
  const { fault, times, draw, workers, directory, tinker } = disturbance;
  const file = `${directory}.yaml`;
  writeFileSync(file, stringify(configSchema.parse(config)));
  const run = await openRunBus(config, { clientId: 'test' });
  const running = new Map<ForkedWorker, string>();
  const deaths: { stage: string; exit: ForkedExit }[] = [];
  const fork = (stage: string): ForkedWorker => {
    const worker = forkWorker(program, [file, stage, directory, String(latencyMs), '', tinker === undefined ? '' : JSON.stringify(tinker)]);
    running.set(worker, stage);
    void worker.exited.then((exit) => {
      running.delete(worker);
      if (exit.code !== 0) deaths.push({ stage, exit });
    });
    return worker;
  };
  const started = performance.now();
  const { events, done } = supervise(config, { directory, resume: false, workers: workerCounts(namedTopologies[config.pipeline], workers), start: fork, signal: new AbortController().signal });
  let isOver = false;
  const ended = done.then(() => undefined, () => undefined).finally(() => (isOver = true));
  const scene: FaultScene = {
    ...{ broker, proxy, run, directory, draw, add: fork },
    async worker(stage) {
      for (;;) {
        const own = [...running].filter(([, of]) => of === stage).map(([worker]) => worker);
        if (own.length > 0) return own[drawInt(draw, own.length)]!;
        if (isOver) throw new Error(`the run ended before there was another worker ${stage}`);
        await sleep(20);
      }
    },
    event: (isAskedFor) =>
      new Promise((resolve) => {
        const subscription = events.subscribe((event) => {
          if (!isAskedFor(event)) return;
          subscription.unsubscribe();
          resolve();
        });
        void ended.then(resolve);
      }),
  };
  const momentsMs: number[] = [];
  let before = Promise.resolve();
  const strike = (): void => {
    before = before.then(async () => {
      if (isOver) return;
      momentsMs.push(Math.round(performance.now() - started));
      await fault(scene);
    });
  };
  // Spread over the steps; within its step, and the one after, a fault comes anywhere.
  const waits = Array.from({ length: times }, (_, i) => ({ after: Math.floor((i * (config.run.steps - 1)) / times), share: draw() }));
  const due = (step: number, lengthMs: number): void => {
    for (const { after, share } of waits) if (after === step) setTimeout(strike, share * lengthMs).unref();
  };
  let lastStepAt = started;
  let leastMs = firstStepMs; // a step that a fault made long says nothing of the next
  const seen = new Set<number>();
  events.subscribe((event) => {
    if (event.type !== 'step-done' || seen.has(event.step)) return;
    seen.add(event.step);
    if (seen.size > 1) leastMs = Math.min(leastMs, performance.now() - lastStepAt);
    due(event.step, leastMs);
    lastStepAt = performance.now();
  });
  due(0, startMs);
  const outcome = await done;
  const ranMs = Math.round(performance.now() - started);
  await before;
  const left = [...running.keys()];
  left.forEach((worker) => worker.stop());
  await Promise.all(left.map(({ exited }) => exited));
  const records = await readRunRecords(run, directory, config.run.steps);
  await run.bus.deleteTopics(await run.bus.topicNames(run.topic('')));
  await run.bus.close();
  return { outcome, records, deaths, momentsMs, ranMs };
}
