/**
 * In: training groups. Out: neighbours together, in the same order, each bunch within a budget of positions, cut where the fewest positions are computed twice: what the
 * sequences of a bunch have in common from their start on takes its positions once; of cuts that cost the same the one into bunches of like size, which are done in the same time
 * side by side. A group over the budget goes alone. Nothing can go wrong.
 */
import type { TrainingGroup } from '../ports/engine.ts';
import { inputSequences } from './input-sequences.ts';
import { PrefixTree, type Reuse } from './prefix-tree.ts';

/** What another bunch costs beside its positions, in positions. */
const bunchCost = 32;

export function cutByTokens(groups: readonly TrainingGroup[], maxTokens: number): TrainingGroup[][] {
  const costs = [0, ...groups.map(() => Infinity)]; // of the groups before a place, at best
  const squares = costs.map(() => 0); // of the bunches' positions, which of cuts that cost the same are least for bunches of like size
  const starts = groups.map(() => 0); // of the bunch that then ends with a group
  const tree = new PrefixTree();
  const runs = groups.map(({ promptTokens, responses }, group) => inputSequences(promptTokens, responses.map(({ tokens }) => tokens)).flatMap((sequence) => tree.add(sequence, group)));
  for (let start = 0; start < groups.length; start++) {
    for (const [length, tokens] of bunchTokens(runs, start, maxTokens).entries()) {
      const end = start + length;
      const cost = costs[start]! + tokens + bunchCost;
      const square = squares[start]! + tokens ** 2;
      if (cost > costs[end + 1]! || (cost === costs[end + 1] && square > squares[end + 1]!)) continue;
      costs[end + 1] = cost;
      squares[end + 1] = square;
      starts[end] = start;
    }
  }
  const bunches: TrainingGroup[][] = [];
  for (let end = groups.length; end > 0; end = starts[end - 1]!) bunches.unshift(groups.slice(starts[end - 1], end));
  return bunches;
}

/** Positions of the group at `start`, of it and the next, and so on, as long as they are within the budget. What a group of the bunch had before is not computed again. */
function bunchTokens(runs: readonly (readonly Reuse[])[], start: number, maxTokens: number): number[] {
  const sizes: number[] = [];
  let size = 0;
  for (const ofGroup of runs.slice(start)) {
    for (const { user, tokens } of ofGroup) if (user < start) size += tokens;
    if (size > maxTokens && sizes.length > 0) break;
    sizes.push(size);
    if (size > maxTokens) break;
  }
  return sizes;
}
