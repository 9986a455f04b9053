/**
 * A chooser of masks that begins with random spans. In: admitted paragraphs. Out: those of the first `run.coldStartSteps` steps with random word spans (`drawSpans`), all later ones as the
 * given chooser has them, in the order in which they came. The switch is by the paragraph's step, so a resumed run makes it where another does. Fails as the chooser does.
 */
import { concatMap, from, pipe, type OperatorFunction } from 'rxjs';
import type { MaskGroup } from '../../schemas/records/edges.ts';
import type { Paragraph } from '../../schemas/records/paragraph.ts';
import { cohorts } from './cohorts.ts';
import { drawSpans } from './draw-spans.ts';
import type { RolloutDeps } from './rollout-deps.ts';

export type ChooseMasks = (deps: RolloutDeps) => OperatorFunction<Paragraph, MaskGroup>;

/**
 * ```text
 * --(p1)----(p2)-------------|     p1 of a step of the cold start
 *      coldStart(choose)(deps)
 * --(g1)----------(g2)-------|
 * ```
 */
export function coldStart(choose: ChooseMasks): ChooseMasks {
  return (deps) => {
    const { coldStartSteps } = deps.config.run;
    if (coldStartSteps === 0) return choose(deps);
    const chooserOf = ({ step }: Paragraph): ChooseMasks => (step <= coldStartSteps ? drawSpans : choose);
    return pipe(
      cohorts((paragraph: Paragraph) => paragraph, deps.batchOf),
      concatMap((cohort) => from(cohort).pipe(chooserOf(cohort[0]!)(deps))),
    );
  };
}
