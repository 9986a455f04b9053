import type { TrainingGroup } from '../operators/ports/engine.ts';
import { inputSequences } from '../operators/training/input-sequences.ts';
import { PrefixTree } from '../operators/training/prefix-tree.ts';

/** Positions that groups take when each beginning that they share is computed once. */
export function treeTokens(groups: readonly TrainingGroup[]): number {
  const tree = new PrefixTree();
  for (const sequence of groups.flatMap(rowsOf)) tree.add(sequence);
  return tree.size;
}

/** Positions that they take with a row for each response. */
export function rowTokens(groups: readonly TrainingGroup[]): number {
  return groups.flatMap(rowsOf).reduce((sum, sequence) => sum + sequence.length, 0);
}

function rowsOf({ promptTokens, responses }: TrainingGroup): (readonly number[])[] {
  return inputSequences(promptTokens, responses.map(({ tokens }) => tokens));
}
