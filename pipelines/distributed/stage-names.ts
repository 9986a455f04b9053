/** What workers of a run may be called. In: a topology, and a name of the command line. Out: the worker's stage. Can go wrong: USAGE for a name that there is not. */
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';
import type { Topology } from '../topology.ts';
import { trainStage } from './begin-epoch.ts';
import { logStage } from './log-worker.ts';
import { sourceStage } from './source-worker.ts';

/** Other names of stages. */
const aliases: Readonly<Record<string, string>> = { reward: 'score-groups', update: trainStage, 'admit-paragraphs': sourceStage };

/** One worker each. */
export const singleStages: readonly string[] = [logStage, trainStage, sourceStage];

/** In the order in which they are started. */
export function workerStages({ stages }: Topology): string[] {
  return [...singleStages, ...stages.map(({ name }) => name)];
}

export function workerStage(topology: Topology, name: string): string {
  const stages = workerStages(topology);
  const stage = aliases[name] ?? name;
  if (stages.includes(stage)) return stage;
  throw new PretrainZeroError('USAGE', `the pipeline ${topology.name} has no stage ${name}; its workers are ${stages.join(', ')}`);
}

/** In: `generate-masks=2,predict-spans=4`. Out: workers by stage, one where it says nothing. */
export function workerCounts(topology: Topology, text: string): Record<string, number> {
  const counts = Object.fromEntries(workerStages(topology).map((stage) => [stage, 1]));
  for (const part of text.split(',').filter((each) => each.trim() !== '')) {
    const [name = '', count = ''] = part.split('=').map((each) => each.trim());
    if (!/^\d{1,4}$/.test(count)) throw new PretrainZeroError('USAGE', `--workers takes STAGE=COUNT,..., for example generate-masks=2,predict-spans=4, not "${part}"`);
    const stage = workerStage(topology, name);
    if (singleStages.includes(stage) && count !== '1') throw new PretrainZeroError('USAGE', `there is one worker ${stage} in a run; --workers asks for ${count}`);
    counts[stage] = Number(count);
  }
  return counts;
}
