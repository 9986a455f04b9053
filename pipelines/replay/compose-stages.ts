/** In: a topology. Out: its stages as one operator, without topics between them: from the edge `paragraphs` to the edge `scored-groups`. Nothing can go wrong here. */
import type { Observable } from 'rxjs';
import type { JudgeDeps } from '../../operators/replay/judge-step.ts';
import type { ScoredGroups } from '../../schemas/records/edges.ts';
import type { Topology } from '../topology.ts';

export function composeStages({ stages }: Topology): JudgeDeps['stages'] {
  return (deps) => (paragraphs) => stages.reduce<Observable<unknown>>((messages, stage) => stage.operator(deps)(messages as Observable<never>), paragraphs) as Observable<ScoredGroups>;
}
