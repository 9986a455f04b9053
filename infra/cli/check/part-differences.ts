/**
 * What a config exchanges within the operators of a pipeline, against the paper. In: the config, and its pipeline. Out: the operator, and which of its parts is another. Pure. A number that is
 * tuned is no other part.
 */
import type { Topology } from '../../../pipelines/topology.ts';
import type { Config } from '../../../schemas/config/config.ts';
import { samplesPredictions } from '../../../schemas/config/samples-predictions.ts';

export interface PartDifference {
  readonly operator: string;
  readonly part: string;
  readonly theirs: string;
  readonly own: string;
}

export function partDifferences({ pipeline, masks, rewards, grpo }: Config, { stages, sink }: Topology): PartDifference[] {
  if (!samplesPredictions(pipeline)) return [];
  const [chooses, scores] = [stages[0]!.name, stages.at(-1)!.name];
  const learnsMasks = pipeline === 'pretrain-zero';
  const parts: PartDifference[] = [
    { operator: chooses, part: 'sampling', theirs: 'free', own: learnsMasks && masks.constrained ? 'of copies of the paragraph' : 'free' },
    { operator: chooses, part: 'second tries', theirs: 'none', own: learnsMasks && masks.atLeast > 0 ? `below ${masks.atLeast} usable masks` : 'none' },
    { operator: chooses, part: 'regularisation', theirs: 'default', own: masks.regularise },
    { operator: scores, part: 'reward of masks', theirs: 'difficulty', own: learnsMasks ? rewards.generation : 'difficulty' },
    { operator: scores, part: 'formulation', theirs: 'grpo', own: grpo.formulation },
    { operator: scores, part: 'baseline', theirs: 'group-mean', own: grpo.baseline },
    { operator: scores, part: 'group filter', theirs: 'on', own: grpo.groupFilter && grpo.baseline === 'group-mean' ? 'on' : 'off' },
    { operator: sink.name, part: 'clip-higher', theirs: 'on', own: grpo.clipHigh > grpo.clipLow ? 'on' : 'off' },
  ];
  return parts.filter(({ theirs, own }) => theirs !== own);
}
