/**
 * Keeps the topics of a run short. In: the topics. Out: what is durable is removed from them, step by step; where that is refused it is said once, and they go with their retention. Nothing can go wrong.
 */
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';
import type { EmitEvent } from '../run-events.ts';
import type { Topology } from '../topology.ts';
import type { RunBus } from './run-bus.ts';
import { trimTopics } from './trim-topics.ts';

export class TopicTrimmer {
  readonly #run: RunBus;
  readonly #topology: Topology;
  readonly #emit: EmitEvent;
  #mayNot = false;

  constructor(run: RunBus, topology: Topology, emit: EmitEvent) {
    this.#run = run;
    this.#topology = topology;
    this.#emit = emit;
  }

  /** @param step the last that is durable */
  async trim(step: number): Promise<void> {
    if (this.#mayNot) return;
    try {
      await trimTopics(this.#run, this.#topology);
    } catch (error) {
      this.#mayNot = true;
      const what = error instanceof Error ? error.message : String(error);
      const code = error instanceof PretrainZeroError ? error.code : 'BROKER_REFUSED';
      this.#emit({ type: 'warning', code, message: `topics are not trimmed, and grow until kafka.retentionHours: ${what}`, step });
    }
  }
}
