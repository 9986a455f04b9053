/**
 * How a pipeline differs from another, operator by operator. In: both. Out: the stages of either that the other has not at that place, and the update rules where they differ. What both begin
 * and end with alike is left out, so one operator exchanged is one stage on either side. Pure.
 */
import type { Stage, Topology } from './topology.ts';

export interface TopologyDifference {
  /** Names of stages, in order. Both empty where the operators are the same. */
  readonly stages: { readonly theirs: readonly string[]; readonly own: readonly string[] };
  /** Null where the rule is the same. */
  readonly update: { readonly theirs: string; readonly own: string } | null;
}

export function topologyDifference(own: Topology, theirs: Topology): TopologyDifference {
  const [mine, others] = [own.stages, theirs.stages];
  const shorter = Math.min(mine.length, others.length);
  let first = 0;
  while (first < shorter && isSame(mine[first], others[first])) first++;
  let last = 0; // places from the end
  while (last < shorter - first && isSame(mine.at(-1 - last), others.at(-1 - last))) last++;
  const between = (stages: readonly Stage[]): string[] => stages.slice(first, stages.length - last).map(({ name }) => name);
  return {
    stages: { theirs: between(others), own: between(mine) },
    update: own.sink.update === theirs.sink.update ? null : { theirs: theirs.sink.update.name, own: own.sink.update.name },
  };
}

function isSame(a: Stage | undefined, b: Stage | undefined): boolean {
  return a !== undefined && b !== undefined && a.operator === b.operator;
}
