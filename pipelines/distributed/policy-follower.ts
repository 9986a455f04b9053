/**
 * What a process knows of the run's policy versions. In: the topic `policy-versions`. Out: the newest epoch; the exact version that samples a step; the end. Can go wrong:
 * RUN_MISMATCH where the run goes on under another config than this process has; what the bus throws.
 *
 * A process that starts after the end has nothing to do, unless a gradient sink is there again, or is to be waited for.
 *
 * A paragraph of step k is sampled by the version after step max(start, k - 1 - maxStaleness), never by another. It was announced before the paragraph was admitted, so to wait
 * for it is to wait for one message.
 */
import { setTimeout } from 'node:timers/promises';
import { configFingerprint } from '../../infra/checkpoints/run-config.ts';
import { stringify } from 'yaml';
import type { ReceivedMessage } from '../../infra/topics/messages/message-reader.ts';
import { createDeferred, type Deferred } from '../../operators/flow/deferred.ts';
import { configSchema } from '../../schemas/config/config.ts';
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';
import { policyAnnouncement, type PolicyAnnouncement } from '../../schemas/records/control-messages.ts';
import { trainStage } from './begin-epoch.ts';
import type { RunBus } from './run-bus.ts';
import { groupName } from './run-topics.ts';

export interface Epoch {
  readonly epoch: number;
  readonly startStep: number;
  readonly startPosition: string | null;
  /** Last step announced. */
  readonly step: number;
}

export interface PolicyFollower {
  /** The newest; null before the first. */
  current(): Epoch | null;
  /** Whether nothing of this step can be wanted any more: its epoch is over, or it is done. */
  isOver(epoch: number, step: number): boolean;
  /** The epoch once it is known; null where a newer one is. */
  epoch(epoch: number): Promise<Epoch | null>;
  /** The version that samples a step; null where the epoch is over. */
  versionFor(epoch: number, step: number): Promise<PolicyAnnouncement | null>;
  /** Told of every announcement that comes from now on. */
  onChange(listener: () => void): void;
  /** Resolves with the end of the run, be it told already; rejects where following failed. */
  readonly ended: Promise<void>;
  close(): Promise<void>;
}

export const fingerprintOf = (config: RunBus['config']): string => configFingerprint(stringify(configSchema.parse(config)));

export interface FollowOptions {
  /** Whether an end that was told before this call is that of an earlier start of the run, whose next is to be waited for. @default false */
  readonly wait?: boolean;
  /** @default real time, which alone keeps no process alive */
  readonly sleep?: (ms: number, signal: AbortSignal) => Promise<unknown>;
}

export async function followPolicies(run: RunBus, { wait = false, sleep = (ms, signal) => setTimeout(ms, undefined, { signal, ref: false }) }: FollowOptions = {}): Promise<PolicyFollower> {
  const history = await historyEnd(run);
  const state = new Policies(run.config.grpo.maxStaleness, fingerprintOf(run.config));
  const ended: Deferred<void> = createDeferred();
  const member = await run.follow('policy-versions', [policyAnnouncement], (message) => {
    state.add(message);
    if (message.record.kind === 'end' && message.lastOffset >= history && message.origin.epoch === state.current?.epoch) ended.resolve();
  });
  const fail = (error: unknown): void => {
    state.fail(error);
    ended.reject(error);
  };
  member.ended.catch(fail);
  const closing = new AbortController();
  const over = wait ? null : await epochThatEnded(run);
  const isOver = (): boolean => !closing.signal.aborted && (state.current?.epoch ?? 0) <= (over ?? -1);
  const leaveUnlessBegunAgain = async (): Promise<void> => {
    while (isOver()) {
      if ((await sinks(run)) === 0) return ended.resolve();
      await sleep(run.config.kafka.sessionTimeoutMs, closing.signal).catch(() => undefined); // it may be about to begin, or dead
    }
  };
  const leaving = leaveUnlessBegunAgain().catch(fail);
  return {
    current: () => state.current,
    isOver: (epoch, step) => state.isOver(epoch, step),
    epoch: (epoch) => state.until(() => state.epoch(epoch)),
    versionFor: (epoch, step) => state.until(() => state.versionFor(epoch, step)),
    onChange: (listener) => state.listeners.add(listener),
    ended: ended.promise,
    async close() {
      closing.abort();
      await leaving;
      await member.close();
    },
  };
}

/** The newest epoch, where it has ended; else null. */
async function epochThatEnded(run: RunBus): Promise<number | null> {
  let newest: ReceivedMessage<typeof policyAnnouncement> | null = null;
  for (const message of await run.readAll('policy-versions', [policyAnnouncement])) if (message.origin.epoch >= (newest?.origin.epoch ?? 0)) newest = message;
  return newest?.record.kind === 'end' ? newest.origin.epoch : null;
}

/** Gradient sinks that there are, those about to begin and those that died a moment ago among them. */
async function sinks(run: RunBus): Promise<number> {
  const [figures] = await run.bus.groupFigures([groupName(run.config, trainStage)], []);
  return figures?.members ?? 0;
}

/** Announcements before this offset were there when the process started. */
async function historyEnd(run: RunBus): Promise<bigint> {
  const [figures] = await run.bus.topicFigures([run.topic('policy-versions')]);
  return figures?.partitions[0]?.next ?? 0n;
}

class Policies {
  readonly listeners = new Set<() => void>();
  readonly #maxStaleness: number;
  readonly #fingerprint: string;
  readonly #bySteps = new Map<number, PolicyAnnouncement>(); // of the newest epoch
  #config = '';
  #failure: { readonly error: unknown } | null = null;
  current: Epoch | null = null;

  constructor(maxStaleness: number, fingerprint: string) {
    this.#maxStaleness = maxStaleness;
    this.#fingerprint = fingerprint;
  }

  add({ record, origin }: ReceivedMessage<typeof policyAnnouncement>): void {
    if (origin.epoch < (this.current?.epoch ?? 0)) return;
    if (origin.epoch > (this.current?.epoch ?? 0)) this.#bySteps.clear();
    const { startStep, startPosition, step } = record;
    this.current = { epoch: origin.epoch, startStep, startPosition, step };
    this.#config = record.config;
    this.#bySteps.set(step, record);
    this.#bySteps.delete(step - this.#maxStaleness - 2);
    for (const listener of [...this.listeners]) listener();
  }

  fail(error: unknown): void {
    this.#failure = { error };
    for (const listener of [...this.listeners]) listener();
  }

  isOver(epoch: number, step: number): boolean {
    const { current } = this;
    return current !== null && (epoch < current.epoch || (epoch === current.epoch && step <= current.step));
  }

  epoch(epoch: number): Epoch | null | undefined {
    const { current } = this;
    if (current === null || current.epoch < epoch) return undefined;
    if (current.epoch > epoch) return null;
    if (this.#config === this.#fingerprint) return current;
    throw new PretrainZeroError('RUN_MISMATCH', 'the run goes on under another config than this worker has');
  }

  versionFor(epoch: number, step: number): PolicyAnnouncement | null | undefined {
    const known = this.epoch(epoch);
    if (known === null || known === undefined) return known;
    if (step <= known.step) return null;
    return this.#bySteps.get(Math.max(known.startStep, step - 1 - this.#maxStaleness));
  }

  /** What `look` finds, once it is not undefined. */
  until<T>(look: () => T | undefined): Promise<T> {
    return new Promise((resolve, reject) => {
      const attempt = (): void => {
        try {
          if (this.#failure !== null) throw this.#failure.error;
          const found = look();
          if (found === undefined) return;
          this.listeners.delete(attempt);
          resolve(found);
        } catch (error) {
          this.listeners.delete(attempt);
          reject(error instanceof Error ? error : new Error(String(error)));
        }
      };
      this.listeners.add(attempt);
      attempt();
    });
  }
}
