/**
 * Cuts requests into passes, shares them among the replicas and puts the results together in order. In: requests of the port. Out: results of
 * the port. Wrong: what a replica throws.
 */
import type { AccumulateReport, AccumulateRequest, GenerateProgress, GenerateRequest, Sample, TrainingGroup } from '../../../../operators/ports/engine.ts';
import { cutByTokens } from '../../../../operators/training/cut-by-tokens.ts';
import type { ModelConfig } from '../../model-files/model-config.ts';
import { passTokens, splitIntoPasses } from '../model/passes.ts';
import { LossStatistics } from '../training/loss-statistics.ts';
import type { Gradients } from '../training/gradients.ts';
import { usableGroups } from '../training/usable-groups.ts';
import type { Replica } from './replica.ts';
import { shareWork } from './share-work.ts';

/** Fewer rows decoded together would leave the device idle. */
const leastRows = 64;
/** Batches a replica, so that one whose samples end early can take over work. */
const batchesPerReplica = 2;

export class WorkSharing {
  readonly #replicas: readonly Replica[];
  readonly #maxPassTokens: number;
  readonly #maxRows: number;

  constructor(replicas: readonly Replica[], config: ModelConfig, maxRows: number) {
    this.#replicas = replicas;
    this.#maxPassTokens = passTokens(config);
    this.#maxRows = maxRows;
  }

  async generate(request: GenerateRequest, progress: GenerateProgress): Promise<Sample[][]> {
    const { groups, ...settings } = request;
    const samples: Sample[][] = [];
    const batches = splitIntoPasses(groups, ({ seeds }) => seeds.length, this.#rowsPerBatch(groups)).map((batch, index) => ({ batch, index }));
    const openRows = batches.map(({ batch }) => rowsOf(batch));
    const sampleOn = (replica: Replica, { batch, index }: (typeof batches)[number]): Promise<Sample[][]> =>
      replica.sampleBatch(batch, settings, (tokens, open) => {
        openRows[index] = open;
        progress(tokens, openRows.reduce((sum, rows) => sum + rows, 0));
      });
    await shareWork(batches, this.#replicas, sampleOn, (results) => samples.push(...results));
    return samples;
  }

  async score(groups: readonly TrainingGroup[]): Promise<number[][][]> {
    const scores: number[][][] = [];
    const passes = cutByTokens(groups, this.#maxPassTokens);
    await shareWork(passes, this.#replicas, (replica, pass) => replica.scorePass(pass), (results) => scores.push(...results));
    return scores;
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

  #rowsPerBatch(groups: GenerateRequest['groups']): number {
    if (this.#replicas.length === 1) return this.#maxRows;
    const share = Math.ceil(rowsOf(groups) / (batchesPerReplica * this.#replicas.length));
    return Math.min(this.#maxRows, Math.max(share, leastRows));
  }
}

function rowsOf(groups: GenerateRequest['groups']): number {
  return groups.reduce((sum, { seeds }) => sum + seeds.length, 0);
}
