/**
 * The worker that owns the run's folder. In: scored paragraphs, and steps to commit. Out: committed steps, each answered once it is durable; and the beginning of each epoch,
 * for which it brings the folder to its last whole checkpoint. Offsets are committed once what lies before them is durable, so a log that was killed reads the rest again. Can go
 * wrong: what the store and the bus throw.
 */
import type { GroupMember, PartitionReader } from '../../operators/ports/message-bus.ts';
import type { CorpusPosition } from '../../operators/ports/paragraph-source.ts';
import type { PolicyWeights } from '../../operators/ports/policy-weights.ts';
import type { RunStore } from '../../operators/ports/run-store.ts';
import { checkpointFolder } from '../../operators/training/checkpoint-folder.ts';
import { epochReady, stepCommitted, type EpochBegins, type EpochReady, type StepToCommit } from '../../schemas/records/control-messages.ts';
import { scoredGroups, type ScoredGroups } from '../../schemas/records/edges.ts';
import { scoredGroups as scoredEdge } from '../edges.ts';
import type { EmitEvent } from '../run-events.ts';
import type { Topology } from '../topology.ts';
import { logControlOf, logControlRecords, type LogControl } from './log-control.ts';
import { LoggedPartition } from './logged-partition.ts';
import type { PolicyFollower } from './policy-follower.ts';
import type { RunBus } from './run-bus.ts';
import { groupName } from './run-topics.ts';
import { TopicTrimmer } from './topic-trimmer.ts';
import { aborted, workInGroup } from './work-in-group.ts';
import { createDeferred, type Deferred } from '../../operators/flow/deferred.ts';

export const logStage = 'log';

/** The run's folder, and how many of its steps are committed. */
export interface OpenedLog {
  readonly store: RunStore;
  readonly step: number;
}

export interface LogWorkerParts {
  readonly run: RunBus;
  readonly policies: PolicyFollower;
  readonly weights: PolicyWeights;
  /** @param keep all steps that are committed, or those up to the last checkpoint. */
  readonly openStore: (keep: 'steps' | 'checkpoint') => Promise<OpenedLog>;
  readonly topology: Topology;
  readonly emit: EmitEvent;
  readonly signal: AbortSignal;
}

export async function runLogWorker(parts: LogWorkerParts): Promise<void> {
  const { run, policies, signal } = parts;
  const log = new Log(parts);
  await log.open();
  const topics = { commits: run.topic('step-commits'), scored: run.topic(scoredEdge.name) };
  try {
    await workInGroup(
      run.bus,
      { group: groupName(run.config, logStage), topics: [topics.commits, topics.scored] },
      (member) => {
        log.member = member;
        return (topic, partition) => (topic === topics.commits ? log.readControl() : log.readScored(partition));
      },
      [policies.ended.then(() => log.drained()), aborted(signal), log.failed],
    );
  } finally {
    await log.close();
  }
}

class Log {
  readonly #parts: LogWorkerParts;
  readonly #scored = new Map<string, ScoredGroups>();
  readonly #partitions = new Map<number, LoggedPartition>();
  readonly #failed = createDeferred<never>();
  readonly #trimmer: TopicTrimmer;
  #queue: { readonly control: LogControl; readonly nextOffset: bigint }[] = [];
  #opened!: OpenedLog;
  #epoch = 0;
  readonly #drained: Deferred<void> = createDeferred();
  /** First offset of what is asked for and not done. */
  #done = 0n;
  #wanted: bigint | null = null;
  #working: Promise<void> = Promise.resolve();
  member!: Promise<GroupMember>;

  constructor(parts: LogWorkerParts) {
    this.#parts = parts;
    this.#trimmer = new TopicTrimmer(parts.run, parts.topology, parts.emit);
  }

  get failed(): Promise<never> {
    return this.#failed.promise;
  }

  async open(): Promise<void> {
    for (const { origin } of await this.#parts.run.readAll('committed-steps', [epochReady, stepCommitted])) this.#epoch = Math.max(this.#epoch, origin.epoch);
    await this.#openStore('steps');
  }

  async close(): Promise<void> {
    this.#queue = [];
    await this.#working;
    await this.#opened.store.close();
  }

  /** Resolves once all is done that was asked for before this call. */
  async drained(): Promise<void> {
    const { run } = this.#parts;
    const topic = run.topic('step-commits');
    const [figures] = await run.bus.topicFigures([topic]);
    const [group] = await run.bus.groupFigures([groupName(run.config, logStage)], [topic]);
    const before = group?.committed.find((each) => each.topic === topic)?.offset ?? 0n; // by this log or one before it
    if (before > this.#done) this.#done = before;
    this.#wanted = figures?.partitions[0]?.next ?? 0n;
    this.#tellDrained();
    await this.#drained.promise;
  }

  #tellDrained(): void {
    if (this.#wanted !== null && this.#done >= this.#wanted) this.#drained.resolve();
  }

  readControl(): PartitionReader {
    const reader = this.#parts.run.reader(logControlRecords, true);
    return {
      take: async (messages) => {
        for (const delivered of messages) {
          for (const { definition, record, origin, lastOffset } of await reader.read(delivered)) {
            const control = logControlOf(definition.name, record, origin.epoch, lastOffset);
            this.#queue.push({ control, nextOffset: reader.firstWaiting() ?? lastOffset + 1n });
          }
        }
        this.#work();
        return null;
      },
      revoked: () => {
        this.#queue = [];
      },
    };
  }

  readScored(partition: number): PartitionReader {
    const reader = this.#parts.run.reader([scoredGroups], true);
    const logged = new LoggedPartition(() => reader.firstWaiting());
    this.#partitions.set(partition, logged);
    return {
      take: async (messages) => {
        for (const delivered of messages) {
          for (const { record, origin, firstOffset } of await reader.read(delivered)) {
            const { id, step } = record.paragraph;
            if (origin.epoch < this.#epoch || (origin.epoch === this.#epoch && step <= this.#opened.step)) continue;
            logged.add({ offset: firstOffset, epoch: origin.epoch, step });
            if (!this.#scored.has(id)) this.#scored.set(id, record);
          }
          logged.read(delivered.offset);
        }
        this.#work();
        return logged.doneUpTo(this.#epoch, this.#opened.step);
      },
      revoked: () => {
        if (this.#partitions.get(partition) === logged) this.#partitions.delete(partition);
      },
    };
  }

  /** Does what is ready, in order. */
  #work(): void {
    this.#working = this.#working.then(async () => {
      for (let next = this.#queue[0]; next !== undefined && this.#isReady(next.control); next = this.#queue[0]) {
        await this.#act(next.control);
        if (this.#queue[0] !== next) return; // the partition was taken away
        this.#queue.shift();
        await this.#commitOffsets(next.nextOffset);
        if (next.control.kind === 'commit') await this.#trimmer.trim(this.#opened.step);
      }
    });
    this.#working = this.#working.catch((error: unknown) => {
      this.#queue = [];
      this.#failed.reject(error);
    });
  }

  #isReady(control: LogControl): boolean {
    if (control.kind !== 'commit' || control.epoch !== this.#epoch || control.record.step <= this.#opened.step) return true;
    return this.#idsOf(control.record).every((id) => this.#scored.has(id));
  }

  async #act(control: LogControl): Promise<void> {
    switch (control.kind) {
      case 'begin':
        if (control.epoch > this.#epoch) await this.#begin(control.record, control.epoch);
        return;
      case 'commit':
        if (control.epoch === this.#epoch) await this.#commit(control.record);
        return;
      case 'timing':
        if (control.epoch === this.#epoch) await this.#opened.store.recordTiming(control.record);
    }
  }

  async #begin({ sink }: EpochBegins, epoch: number): Promise<void> {
    await this.#opened.store.close();
    await this.#openStore('checkpoint');
    this.#epoch = epoch;
    const { step, corpusPosition, pending, pendingLetters } = await this.#opened.store.resumePoint();
    const checkpoint = step === 0 ? null : checkpointFolder(step);
    const position = corpusPosition === null ? null : JSON.stringify(corpusPosition);
    const ready: EpochReady = { sink, step, checkpoint, corpusPosition: position, pending };
    await this.#parts.run.publish('committed-steps', epochReady, ready, { epoch, step, id: sink, letters: pendingLetters });
  }

  async #commit(record: StepToCommit): Promise<void> {
    const { step, checkpoint, corpusPosition } = record;
    if (step > this.#opened.step) {
      const { paragraphIds, groups, pendingIds, ...rest } = record;
      const ofIds = (ids: readonly string[]): ScoredGroups[] => ids.map((id) => this.#scored.get(id)!);
      const position = JSON.parse(corpusPosition) as CorpusPosition;
      const pending = checkpoint === null ? [] : ofIds(pendingIds);
      const commit = { ...rest, checkpoint: checkpoint !== null, corpusPosition: position, paragraphs: withGroups(ofIds(paragraphIds), groups), rescored: groups !== null, pending };
      await this.#opened.store.commit(commit, async (directory) => {
        if (checkpoint !== null) await this.#parts.weights.copy(checkpoint, directory);
      });
      this.#opened = { ...this.#opened, step };
      for (const [id, { paragraph }] of this.#scored) if (paragraph.step <= step) this.#scored.delete(id);
    }
    await this.#parts.run.publish('committed-steps', stepCommitted, { step }, { epoch: this.#epoch, step, id: `step/${step}` });
  }

  async #openStore(keep: 'steps' | 'checkpoint'): Promise<void> {
    this.#opened = await this.#parts.openStore(keep);
    this.#scored.clear();
    for (const message of (await this.#opened.store.resumePoint()).pending) {
      if (message.paragraph.step > this.#opened.step) this.#scored.set(message.paragraph.id, message);
    }
  }

  #idsOf({ paragraphIds, pendingIds, checkpoint }: StepToCommit): readonly string[] {
    return checkpoint === null ? paragraphIds : [...paragraphIds, ...pendingIds];
  }

  async #commitOffsets(control: bigint): Promise<void> {
    this.#done = control;
    this.#tellDrained();
    const { run } = this.#parts;
    const member = await this.member;
    await member.commit(run.topic('step-commits'), 0, control);
    for (const [partition, logged] of this.#partitions) await member.commit(run.topic(scoredEdge.name), partition, logged.doneUpTo(this.#epoch, this.#opened.step));
  }
}

/** @param groups null where they stay as they are */
function withGroups(paragraphs: readonly ScoredGroups[], groups: StepToCommit['groups']): readonly ScoredGroups[] {
  if (groups === null) return paragraphs;
  return paragraphs.map((message) => ({ ...message, groups: groups.filter(({ paragraphId }) => paragraphId === message.paragraph.id) }));
}
