/**
 * One partition of an edge as its worker sees it: which messages belong to which batch, which batches are whole, and how far the partition is done. In: messages in order of
 * offset, any number of times each. Out: whole batches, once each; the offset from which a successor must read. Pure.
 *
 * A batch is the part of a cohort that lies in one partition: the slots congruent to it. So what is sampled together is known by arithmetic, and no crash or number of workers changes it.
 */
import type { BatchOf } from '../../operators/rollouts/cohorts.ts';
import type { Paragraph } from '../../schemas/records/paragraph.ts';

export interface PartitionMessage {
  readonly epoch: number;
  readonly paragraph: Paragraph;
  readonly firstOffset: bigint;
  readonly lastOffset: bigint;
}

export interface PartitionBatch<M extends PartitionMessage> {
  readonly name: string;
  readonly epoch: number;
  readonly step: number;
  /** In slot order. */
  readonly messages: readonly M[];
}

export const partitionOf = (slot: number, partitions: number): number => slot % partitions;

/** The batches of one partition of several. */
export function batchesOfPartition(partition: number, partitions: number): BatchOf {
  return ({ step, cohortFirstSlot, cohortSize }) => {
    const below = (slot: number): number => Math.ceil((slot - partition) / partitions); // slots of the partition below `slot`
    return { name: `${step}/${cohortFirstSlot}/${partition}`, size: Math.max(0, below(cohortFirstSlot + cohortSize)) - Math.max(0, below(cohortFirstSlot)) };
  };
}

export class PartitionBatches<M extends PartitionMessage> {
  readonly #batchOf: BatchOf;
  readonly #open = new Map<string, { readonly epoch: number; readonly step: number; readonly bySlot: Map<number, M> }>();
  readonly #done = new Map<string, { readonly epoch: number; readonly step: number }>();
  #next = 0n;

  constructor(batchOf: BatchOf) {
    this.#batchOf = batchOf;
  }

  /** The batch that the message completes. It stays open until `done`. */
  add(message: M): PartitionBatch<M> | null {
    const { epoch, paragraph, lastOffset } = message;
    if (lastOffset >= this.#next) this.#next = lastOffset + 1n;
    const { name: ofRun, size } = this.#batchOf(paragraph);
    const name = `${epoch}/${ofRun}`;
    if (this.#done.has(name)) return null;
    const { step } = paragraph;
    const batch = this.#open.get(name) ?? { epoch, step, bySlot: new Map<number, M>() };
    this.#open.set(name, batch);
    if (batch.bySlot.has(paragraph.slot)) return null;
    batch.bySlot.set(paragraph.slot, message);
    if (batch.bySlot.size < size) return null;
    return { name, epoch, step, messages: [...batch.bySlot].sort(([a], [b]) => a - b).map(([, each]) => each) };
  }

  /** What came of the batch is on the next topic, or nobody wants it any more. */
  done({ name, epoch, step }: Omit<PartitionBatch<M>, 'messages'>): void {
    this.#open.delete(name);
    this.#done.set(name, { epoch, step });
  }

  /** Forgets batches that nobody wants any more, whole or not. */
  forget(isOver: (epoch: number, step: number) => boolean): void {
    for (const batches of [this.#open, this.#done]) for (const [name, { epoch, step }] of batches) if (isOver(epoch, step)) batches.delete(name);
  }

  /** A message that concerns no batch was read. */
  pass(lastOffset: bigint): void {
    if (lastOffset >= this.#next) this.#next = lastOffset + 1n;
  }

  /** First offset that a successor must read; 0 where nothing was read. */
  doneUpTo(): bigint {
    let first = this.#next;
    for (const { bySlot } of this.#open.values()) for (const { firstOffset } of bySlot.values()) if (firstOffset < first) first = firstOffset;
    return first;
  }
}
