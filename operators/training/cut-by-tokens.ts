/**
 * In: training groups. Out: neighbours together, in the same order, each bunch within a budget of positions, cut where the fewest positions are computed twice: what the
 * sequences of a bunch have in common from their start on takes its positions once. A group over the budget goes alone. Nothing can go wrong.
 */
import type { TrainingGroup } from '../ports/engine.ts';
import { inputSequences } from './input-sequences.ts';
import { PrefixTree } from './prefix-tree.ts';

/** What another bunch costs beside its positions, in positions. */
const bunchCost = 32;

export function cutByTokens(groups: readonly TrainingGroup[], maxTokens: number): TrainingGroup[][] {
  const costs = [0, ...groups.map(() => Infinity)]; // of the groups before a place, at best
  const starts = groups.map(() => 0); // of the bunch that then ends with a group
  for (let start = 0; start < groups.length; start++) {
    for (const [length, tokens] of bunchTokens(groups.slice(start), maxTokens).entries()) {
      const end = start + length;
      const cost = costs[start]! + tokens + bunchCost;
      if (cost > costs[end + 1]!) continue; // of equals the later start: the bunches before are full
      costs[end + 1] = cost;
      starts[end] = start;
    }
  }
  const bunches: TrainingGroup[][] = [];
  for (let end = groups.length; end > 0; end = starts[end - 1]!) bunches.unshift(groups.slice(starts[end - 1], end));
  return bunches;
}

/** Positions of the first group, of the first two, and so on, as long as they are within the budget. */
function bunchTokens(groups: readonly TrainingGroup[], maxTokens: number): number[] {
  const sizes: number[] = [];
  const tree = new PrefixTree();
  for (const { promptTokens, responses } of groups) {
    for (const sequence of inputSequences(promptTokens, responses.map(({ tokens }) => tokens))) tree.add(sequence);
    if (tree.size > maxTokens && sizes.length > 0) break;
    sizes.push(tree.size);
    if (tree.size > maxTokens) break;
  }
  return sizes;
}
