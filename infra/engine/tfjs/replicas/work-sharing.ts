/**
 * Cuts requests into passes, shares them among the replicas and puts the results together in order. In: requests of the port. Out: results of
 * the port. Wrong: what a replica throws.
 */
import type { AccumulateReport, AccumulateRequest, EntropyText, TrainingGroup } from '../../../../operators/ports/engine.ts';
import { cutByTokens } from '../../../../operators/training/cut-by-tokens.ts';
import { PretrainZeroError } from '../../../../schemas/pretrain-zero-error.ts';
import type { ModelConfig } from '../../model-files/model-config.ts';
import { onGpu } from '../backend/on-gpu.ts';
import type { ValueHead } from '../critic/value-head.ts';
import { passTokens } from '../model/passes.ts';
import { LossStatistics } from '../training/loss-statistics.ts';
import type { Gradients } from '../training/gradients.ts';
import { usableGroups } from '../training/usable-groups.ts';
import type { Replica } from './replica.ts';
import { shareWork } from './share-work.ts';

export class WorkSharing {
  readonly #replicas: readonly Replica[];
  readonly #maxPassTokens: number;

  constructor(replicas: readonly Replica[], config: ModelConfig) {
    this.#replicas = replicas;
    this.#maxPassTokens = passTokens(config, onGpu());
  }

  async score(groups: readonly TrainingGroup[]): Promise<number[][][]> {
    const scores: number[][][] = [];
    const passes = cutByTokens(groups, this.#maxPassTokens);
    await shareWork(passes, this.#replicas, (replica, pass) => replica.scorePass(pass), (results) => scores.push(...results));
    return scores;
  }

  /** Each text is a pass of its own: what is asked beside it changes no bit of its entropies. */
  async entropies(texts: readonly EntropyText[]): Promise<number[][]> {
    const entropies: number[][] = [];
    await shareWork(texts, this.#replicas, (replica, text) => replica.entropyPass(text), (ofText) => entropies.push(ofText));
    return entropies;
  }

  /** The states that prompts end with. Each prompt is a pass of its own, as a text is. */
  async promptStates(prompts: readonly (readonly number[])[]): Promise<Float32Array[]> {
    const states: Float32Array[] = [];
    await shareWork(prompts, this.#replicas, (replica, prompt) => replica.promptPass(prompt), (state) => states.push(state));
    return states;
  }

  /** @param head learns from the responses that have a reward */
  async accumulate(request: AccumulateRequest, store: Gradients, head: ValueHead | null = null): Promise<AccumulateReport> {
    const statistics = new LossStatistics();
    const { groups, notFinite } = usableGroups(request);
    const learner = hasRewards(request) ? head : null;
    const loss = { loss: request.loss, stepTokens: request.stepTokens, states: learner !== null };
    const passes = cutByTokens(groups, this.#maxPassTokens);
    await shareWork(passes, this.#replicas, (replica, pass) => replica.trainPass(pass, loss), ({ report, gradients, states }) => {
      store.addSums(gradients);
      statistics.addReport(report);
      for (const state of states) statistics.addValues(learner!.accumulate(state, stepResponsesOf(request)));
      notFinite.push(...report.notFinite);
    });
    return statistics.report(notFinite);
  }

  async refresh(): Promise<void> {
    await Promise.all(this.#replicas.map((replica) => replica.refresh()));
  }

  async close(): Promise<void> {
    await Promise.all(this.#replicas.map((replica) => replica.close()));
  }
}

function hasRewards({ groups }: AccumulateRequest): boolean {
  return groups.some(({ responses }) => responses.some(({ reward }) => reward !== undefined));
}

function stepResponsesOf({ stepResponses }: AccumulateRequest): number {
  if (stepResponses === undefined) throw new PretrainZeroError('USAGE', 'a critic learns a mean over responses, and needs their number in the whole step (stepResponses)');
  return stepResponses;
}
