/**
 * Cuts requests into passes, shares them among the replicas and puts the results together in order. In: requests of the port. Out: results of
 * the port. Wrong: what a replica throws.
 */
import type { AccumulateReport, AccumulateRequest, EntropyText, TrainingGroup } from '../../../../operators/ports/engine.ts';
import { cutByTokens } from '../../../../operators/training/cut-by-tokens.ts';
import type { ModelConfig } from '../../model-files/model-config.ts';
import { onGpu } from '../backend/on-gpu.ts';
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

  async accumulate(request: AccumulateRequest, store: Gradients): Promise<AccumulateReport> {
    const statistics = new LossStatistics();
    const { groups, notFinite } = usableGroups(request);
    const loss = { loss: request.loss, stepTokens: request.stepTokens };
    const passes = cutByTokens(groups, this.#maxPassTokens);
    await shareWork(passes, this.#replicas, (replica, pass) => replica.trainPass(pass, loss), ({ report, gradients }) => {
      store.addSums(gradients);
      statistics.addReport(report);
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
