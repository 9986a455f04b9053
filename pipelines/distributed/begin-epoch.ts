/**
 * The start of the gradient sink. In: the topics, where weights lie, the run's folder. Out, once this process is the only sink and the log has answered: the epoch, and a `RunStore`
 * whose commits are messages. A step that is committed is durable where the log is. Can go wrong: what the bus throws; RUN_LOCKED once another sink has begun an epoch.
 *
 * One sink at a time: it is whoever holds the one partition of the topic of answers.
 */
import { join } from 'node:path';
import type { ReceivedMessage } from '../../infra/topics/messages/message-reader.ts';
import { createDeferred, type Deferred } from '../../operators/flow/deferred.ts';
import type { GroupMember, PartitionReader } from '../../operators/ports/message-bus.ts';
import type { CorpusPosition } from '../../operators/ports/paragraph-source.ts';
import type { PolicyWeights } from '../../operators/ports/policy-weights.ts';
import type { ResumePoint, RunStore, StepCommit } from '../../operators/ports/run-store.ts';
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';
import { epochBegins, epochReady, stepCommitted, stepToCommit, type EpochReady, type StepCommitted, type StepToCommit } from '../../schemas/records/control-messages.ts';
import { stepTiming } from '../../schemas/records/step-timing.ts';
import type { PolicyFollower } from './policy-follower.ts';
import type { RunBus } from './run-bus.ts';
import { groupName } from './run-topics.ts';
import { aborted } from './work-in-group.ts';

export const trainStage = 'train';

export interface SinkEpoch {
  readonly epoch: number;
  readonly store: RunStore;
  /** Rejects with what ended the sink's hold on the run. */
  readonly lost: Promise<never>;
}

export interface BeginEpochOptions {
  readonly run: RunBus;
  readonly policies: PolicyFollower;
  readonly weights: PolicyWeights;
  /** The run's folder, which the log writes and this process reads. */
  readonly directory: string;
  /** Tells this start from any other. */
  readonly sink: string;
  readonly signal?: AbortSignal;
}

/** Null where the signal came first. */
export async function beginEpoch(options: BeginEpochOptions): Promise<SinkEpoch | null> {
  const { run, policies, sink } = options;
  const answers = new Answers(sink);
  const leading: Deferred<void> = createDeferred();
  const member = await run.bus.join({
    group: groupName(run.config, trainStage),
    topics: [run.topic('committed-steps')],
    open: () => {
      leading.resolve();
      return readAnswers(run, answers);
    },
  });
  const lost = createDeferred<never>();
  member.ended.catch(lost.reject);
  const stopped = aborted(options.signal ?? new AbortController().signal).then(() => null);
  const leave = async (): Promise<null> => {
    await member.close();
    return null;
  };
  if ((await Promise.race([leading.promise, lost.promise, stopped])) === null) return leave();
  await run.publish('step-commits', epochBegins, { sink }, { epoch: 0, step: 0, id: sink });
  const ready = await Promise.race([answers.ready.promise, lost.promise, stopped]);
  if (ready === null) return leave();
  const { epoch, resume } = ready;
  policies.onChange(() => {
    const newest = policies.current()?.epoch ?? 0;
    if (newest > epoch) lost.reject(new PretrainZeroError('RUN_LOCKED', `another gradient sink has begun epoch ${newest} of the run; this one began ${epoch}`));
  });
  lost.promise.catch((error: unknown) => answers.fail(error));
  return { epoch, store: storeOf(options, member, answers, epoch, resume), lost: lost.promise };
}

interface Ready {
  readonly epoch: number;
  readonly resume: Omit<ResumePoint, 'checkpointDirectory'> & { readonly checkpoint: string | null };
}

/** What the log has answered. */
class Answers {
  readonly ready: Deferred<Ready> = createDeferred();
  readonly #sink: string;
  readonly #waiting = new Map<number, Deferred<void>>();
  #epoch = 0;

  constructor(sink: string) {
    this.#sink = sink;
  }

  take({ definition, record, origin, letters }: Omit<ReceivedMessage, 'record'> & { readonly record: unknown }): void {
    if (definition.name === epochReady.name) {
      const { sink, step, checkpoint, corpusPosition, pending } = record as EpochReady;
      if (sink !== this.#sink || this.#epoch !== 0) return;
      this.#epoch = origin.epoch;
      const position = corpusPosition === null ? null : (JSON.parse(corpusPosition) as CorpusPosition);
      this.ready.resolve({ epoch: origin.epoch, resume: { step, checkpoint, corpusPosition: position, pending, pendingLetters: letters } });
    } else if (origin.epoch === this.#epoch) this.#waiting.get((record as StepCommitted).step)?.resolve();
  }

  /** Resolves once the step is durable. */
  async until(step: number): Promise<void> {
    const durable: Deferred<void> = createDeferred();
    this.#waiting.set(step, durable);
    await durable.promise;
    this.#waiting.delete(step);
  }

  fail(error: unknown): void {
    for (const waiting of this.#waiting.values()) waiting.reject(error);
  }
}

function readAnswers(run: RunBus, answers: Answers): PartitionReader {
  const reader = run.reader([epochReady, stepCommitted], true);
  return {
    async take(messages) {
      for (const delivered of messages) for (const message of await reader.read(delivered)) answers.take({ ...message, record: message.record });
      return reader.firstWaiting() ?? messages.at(-1)!.offset + 1n;
    },
    revoked: () => undefined,
  };
}

function storeOf({ run, weights, directory }: BeginEpochOptions, member: GroupMember, answers: Answers, epoch: number, { checkpoint, ...resume }: Ready['resume']): RunStore {
  let underWay: Promise<unknown> = Promise.resolve();
  const commit: RunStore['commit'] = async (step, save) => {
    const address = `${weightsFolder(epoch)}/checkpoint-${step.step}`;
    const stored = step.checkpoint ? await weights.put(address, save) : null;
    const durable = answers.until(step.step);
    await run.publish('step-commits', stepToCommit, asMessage(step, stored), { epoch, step: step.step, id: `step/${step.step}` });
    await durable;
    if (stored !== null) await weights.remove(address);
  };
  return {
    directory,
    commit(step, save) {
      const committing = commit(step, save);
      underWay = committing.catch(() => undefined);
      return committing;
    },
    recordTiming: (timing) => run.publish('step-commits', stepTiming, timing, { epoch, step: timing.step, id: `timing/${timing.step}` }),
    resumePoint: () => Promise.resolve({ ...resume, checkpointDirectory: checkpoint === null ? null : join(directory, checkpoint) }),
    close: async () => {
      await underWay;
      await member.close();
    },
  };
}

export const weightsFolder = (epoch: number): string => `epoch-${epoch}`;

function asMessage(commit: StepCommit, checkpoint: StepToCommit['checkpoint']): StepToCommit {
  const { step, gradientBatches, evaluations, deadLetters, report, pendingLetters } = commit;
  return {
    step,
    paragraphIds: commit.paragraphs.map(({ paragraph }) => paragraph.id),
    groups: commit.rescored ? commit.paragraphs.flatMap(({ groups }) => groups) : null,
    gradientBatches,
    evaluations,
    deadLetters,
    report,
    corpusPosition: JSON.stringify(commit.corpusPosition),
    pendingIds: checkpoint === null ? [] : commit.pending.map(({ paragraph }) => paragraph.id),
    pendingLetters: checkpoint === null ? [] : pendingLetters,
    checkpoint,
  };
}
