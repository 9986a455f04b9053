/** Training on packed groups against training on each response in a row and a pass of its own: figures and gradients are equal to float tolerance. */
import assert from 'node:assert/strict';
import type { ModelConfig } from '../../../../infra/engine/model-files/model-config.ts';
import { LossStatistics } from '../../../../infra/engine/tfjs/training/loss-statistics.ts';
import type { AccumulateReport, AccumulateRequest } from '../../../../operators/ports/engine.ts';
import { rowTokens, treeTokens } from '../../../tree-tokens.ts';
import { livelyWeights, openTrainer, type Trainer } from './open-model.ts';
import { separateRows } from './training-examples.ts';

export async function assertSameAsRows(config: ModelConfig, request: AccumulateRequest): Promise<void> {
  const [packed, rows] = [await openTrainer(config, livelyWeights(config)), await openTrainer(config, livelyWeights(config))];
  const { tokensComputed, ...report } = await packed.accumulate(request);
  const { tokensComputed: computedInRows, ...expected } = await accumulateRows(rows, request);
  assert.ok(tokensComputed >= treeTokens(request.groups) && tokensComputed <= computedInRows);
  assert.equal(computedInRows, rowTokens(request.groups));
  for (const [key, value] of Object.entries(report)) {
    const other = expected[key as keyof typeof expected];
    if (typeof value === 'number') assert.ok(Math.abs(value - Number(other)) <= 1e-5 * Math.max(1, Math.abs(value)), `${key} is ${value}, in rows ${Number(other)}`);
    else assert.deepEqual(value, other, key);
  }
  assertClose(packed.store.collect(), rows.store.collect());
}

async function accumulateRows(trainer: Trainer, request: AccumulateRequest): Promise<AccumulateReport> {
  const statistics = new LossStatistics();
  const notFinite: string[] = [];
  for (const row of separateRows(request.groups)) {
    const report = await trainer.accumulate({ ...request, groups: [row] });
    statistics.addReport(report);
    notFinite.push(...report.notFinite);
  }
  return statistics.report(notFinite);
}

/** Each value within `tolerance` of the largest of its weight. */
export function assertClose(actual: ReadonlyMap<string, Float32Array>, expected: ReadonlyMap<string, Float32Array>, tolerance = 1e-4): void {
  for (const [weight, values] of expected) {
    const scale = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    values.forEach((value, i) => {
      const difference = Math.abs(value - actual.get(weight)![i]!);
      assert.ok(difference <= tolerance * scale, `${weight}[${i}] is off by ${difference} of ${scale}`);
    });
  }
}
