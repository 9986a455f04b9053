/**
 * A worker of one stage. In: the stage, and what its operator is given. Out: its share of the work until the run ends or it is told to stop. The operator is the one that runs in
 * memory; it is given one batch at a time, its dead letters go on with the paragraphs that they belong to, and offsets are committed once what came of them is acknowledged. Can go
 * wrong: what the operator throws; RECORD_INVALID where it does not pass each paragraph on once and in order.
 */
import { from, lastValueFrom, toArray, type Observable } from 'rxjs';
import type { PartitionReader } from '../../operators/ports/message-bus.ts';
import type { RolloutDeps } from '../../operators/rollouts/rollout-deps.ts';
import type { BatchOf } from '../../operators/rollouts/cohorts.ts';
import type { DeadLetter } from '../../schemas/records/dead-letter.ts';
import type { PolicyAnnouncement } from '../../schemas/records/control-messages.ts';
import { misbehaviour, paragraphOf } from '../connect-stage.ts';
import type { EmitEvent } from '../run-events.ts';
import type { Stage } from '../topology.ts';
import { batchesOfPartition, PartitionBatches, partitionOf, type PartitionBatch, type PartitionMessage } from './partition-batches.ts';
import type { PolicyFollower } from './policy-follower.ts';
import type { RunBus } from './run-bus.ts';
import { aborted, workInGroup } from './work-in-group.ts';
import { groupName } from './run-topics.ts';
import type { VersionedEngine } from './versioned-engine.ts';

export interface StageWorkerParts extends Pick<RolloutDeps, 'tokenizer' | 'template'> {
  readonly run: RunBus;
  readonly policies: PolicyFollower;
  readonly engine: VersionedEngine;
  readonly emit: EmitEvent;
  /** Aborted: leaves after the batch in work. */
  readonly signal: AbortSignal;
}

interface StageMessage extends PartitionMessage {
  readonly record: unknown;
  readonly letters: readonly DeadLetter[];
}

type StageBatch = PartitionBatch<StageMessage>;

export async function runStageWorker(stage: Stage, parts: StageWorkerParts): Promise<void> {
  const { run, policies, signal } = parts;
  const topic = run.topic(stage.consumes.name);
  await workInGroup(
    run.bus,
    { group: groupName(run.config, stage.name), topics: [topic] },
    (member) => (_, partition) => openPartition(stage, partition, parts, async (offset) => (await member).commit(topic, partition, offset)),
    [policies.ended, aborted(signal)],
  );
}

function openPartition(stage: Stage, partition: number, parts: StageWorkerParts, commit: (offset: bigint) => Promise<void>): PartitionReader {
  const { run, policies } = parts;
  const batchOf = batchesOfPartition(partition, run.config.kafka.partitions);
  const batches = new PartitionBatches<StageMessage>(batchOf);
  const reader = run.reader([stage.consumes.carries], true);
  let revoked = false;
  const doneUpTo = (): bigint => {
    const waiting = reader.firstWaiting();
    const done = batches.doneUpTo();
    return waiting !== null && waiting < done ? waiting : done;
  };
  const isWanted = async ({ epoch, step }: StageBatch): Promise<PolicyAnnouncement | null> => (revoked ? null : await policies.versionFor(epoch, step));
  return {
    async take(messages) {
      batches.forget((epoch, step) => policies.isOver(epoch, step));
      for (const delivered of messages) {
        for (const { record, letters, origin, firstOffset, lastOffset } of await reader.read(delivered)) {
          const paragraph = paragraphOf(record)!;
          const batch = batches.add({ epoch: origin.epoch, paragraph, firstOffset, lastOffset, record, letters });
          if (batch === null) continue;
          const version = await isWanted(batch);
          if (version !== null) await passOn(stage, batch, version, batchOf, parts, () => revoked);
          if (revoked) return null;
          batches.done(batch);
          await commit(doneUpTo());
          if (parts.signal.aborted) return doneUpTo();
        }
        batches.pass(delivered.offset);
      }
      return doneUpTo();
    },
    revoked() {
      revoked = true;
    },
  };
}

/** Does a batch and publishes what came of it, unless nobody wants it any more. */
async function passOn(stage: Stage, batch: StageBatch, version: PolicyAnnouncement, batchOf: BatchOf, parts: StageWorkerParts, isRevoked: () => boolean): Promise<void> {
  const { run, policies, emit } = parts;
  const { epoch, step, messages } = batch;
  const letters: DeadLetter[] = [];
  const engine = parts.engine.at(version, (done, total, tokens) => emit({ type: 'stage-progress', stage: stage.name, step, done, total, tokens }));
  const { tokenizer, template } = parts;
  const deps: RolloutDeps = { engine, tokenizer, template, config: run.config, deadLetters: (letter) => letters.push(letter), batchOf };
  let results: unknown[];
  try {
    const input = from(messages.map(({ record }) => record)) as Observable<never>;
    results = await lastValueFrom(input.pipe(stage.operator(deps), toArray()));
  } catch (error) {
    if (isRevoked() || policies.isOver(epoch, step)) return; // its weights may be gone
    throw error;
  }
  requireAll(stage, messages, results);
  if (isRevoked() || policies.isOver(epoch, step)) return;
  const encoded = results.flatMap((result, i) => {
    const { paragraph } = messages[i]!;
    const own = [...messages[i]!.letters, ...letters.filter((letter) => ownerOf(letter, messages) === i)];
    const partition = partitionOf(paragraph.slot, run.config.kafka.partitions);
    return run.encode(stage.produces.carries, result as object, { epoch, step, id: paragraph.id, partition, letters: own });
  });
  await run.bus.publish(run.topic(stage.produces.name), encoded);
}

/** The message that a letter goes on with: its paragraph's; one of no paragraph goes with the first. */
function ownerOf({ recordId }: DeadLetter, messages: readonly StageMessage[]): number {
  return Math.max(0, messages.findIndex(({ paragraph }) => recordId === paragraph.id || recordId?.startsWith(`${paragraph.id}/`)));
}

function requireAll(stage: Stage, messages: readonly StageMessage[], results: readonly unknown[]): void {
  for (let i = 0; i < Math.max(messages.length, results.length); i++) {
    const [due, got] = [messages[i]?.paragraph.id, i < results.length ? paragraphOf(results[i])?.id : undefined];
    if (due !== got || due === undefined) throw misbehaviour(stage, got, due);
  }
}

/** The names that a stage may be called by on the command line. */
export function isCalled(stage: Stage, name: string): boolean {
  return stage.name === name || (name === 'reward' && stage.name === 'score-groups');
}

