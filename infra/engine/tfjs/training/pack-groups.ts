/**
 * Training groups as one pack. In: groups. Out: the pack, in which each output row has one distribution: where responses go on from the same tokens under different restrictions, as a prompt's second
 * tries beside its first samples do, the row is wanted once for each. Pure.
 */
import type { TrainingGroup } from '../../../../operators/ports/engine.ts';
import { packShared, type PackedBatch } from '../model/packed-batch.ts';
import type { ResponseTokens } from './response-targets.ts';

export function packGroups(groups: readonly TrainingGroup[]): PackedBatch {
  const batch = packShared(groups.map(({ promptTokens, responses }) => ({ promptTokens, responses: responses.map(({ tokens }) => tokens) })));
  return outputsByRestriction(batch, groups.flatMap(({ responses }) => responses));
}

/** @param responses in the order of `batch.predictions` */
function outputsByRestriction(batch: PackedBatch, responses: readonly ResponseTokens[]): PackedBatch {
  if (responses.every(({ allowed }) => allowed === undefined)) return batch;
  const restrictions = Array.from(batch.outputRows, () => new Map<string, number>());
  const ranks = batch.predictions.map(({ outputs }, response) => outputs.map((output, index) => rankOf(restrictions[output]!, responses[response]!.allowed?.[index] ?? null)));
  const firsts = new Int32Array(restrictions.length);
  let count = 0;
  for (const [output, { size }] of restrictions.entries()) {
    firsts[output] = count;
    count += Math.max(1, size);
  }
  const outputRows = new Int32Array(count);
  batch.outputRows.forEach((row, output) => outputRows.fill(row, firsts[output], firsts[output + 1] ?? count));
  const predictions = batch.predictions.map((prediction, response) => ({ ...prediction, outputs: prediction.outputs.map((output, index) => firsts[output]! + ranks[response]![index]!) }));
  return { ...batch, outputRows, predictions };
}

function rankOf(known: Map<string, number>, allowed: readonly number[] | null): number {
  const key = allowed === null ? '' : allowed.join();
  const rank = known.get(key) ?? known.size;
  known.set(key, rank);
  return rank;
}
