/** In: how a pipeline differs from PretrainZero, by operators and within them, and the steps of its cold start. Out: lines that say it. Pure. */
import type { TopologyDifference } from '../../../pipelines/topology-difference.ts';
import type { Ink } from '../ink.ts';
import type { PartDifference } from './part-differences.ts';

export interface ConfigDifference extends TopologyDifference {
  readonly coldStartSteps: number;
  readonly parts: readonly PartDifference[];
}

export function differenceLines({ stages, update, coldStartSteps, parts }: ConfigDifference, ink: Ink): string[] {
  const rows = [
    ...(stages.own.length + stages.theirs.length === 0 ? [] : [exchanged(inWords(stages.theirs), inWords(stages.own), ink)]),
    ...(update === null ? [] : [exchanged(`update ${update.theirs}`, `update ${update.own}`, ink)]),
    ...(coldStartSteps === 0 ? [] : [exchanged('generate-masks', `draw-spans in the first ${coldStartSteps} steps`, ink)]),
    ...parts.map(({ operator, part, theirs, own }) => exchanged(`${operator}: ${part} ${theirs}`, own, ink)),
  ];
  return rows.length === 0 ? ['The operators and the update are those of pretrain-zero.'] : ['Differs from pretrain-zero in', ...rows];
}

function exchanged(theirs: string, own: string, ink: Ink): string {
  return `  ${ink.dim(theirs)} ─▶ ${ink.bold(own)}`;
}

function inWords(names: readonly string[]): string {
  return names.length === 0 ? 'nothing' : names.join(', ');
}
