/**
 * `continue-pretraining`: in: the paragraphs of a step. Out: one training group a paragraph, for the cross-entropy loss.
 * Which paragraphs are shown as prompts is decided by their ids and the run's seed.
 */
import type { ScoredGroups } from '../../schemas/records/edges.ts';
import { seedOf } from '../flow/seeds.ts';
import type { TrainingGroup } from '../ports/engine.ts';
import { showFormat, type ShowDeps } from '../rollouts/show-format.ts';

export function toPretrainingGroups(scored: readonly ScoredGroups[], deps: ShowDeps): TrainingGroup[] {
  return scored.map(({ paragraph }) => showFormat(paragraph, seedOf(deps.config.run.seed, `${paragraph.id}/show`), deps));
}
