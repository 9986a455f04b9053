/** How a pipeline turns a step's paragraphs into an update. The two rules there are: GRPO and plain cross-entropy. */
import type { Config } from '../../schemas/config/config.ts';
import type { ScoredGroups } from '../../schemas/records/edges.ts';
import type { AccumulateRequest, TrainingGroup } from '../ports/engine.ts';
import type { Tokenizer } from '../ports/tokenizer.ts';
import type { PromptTemplate } from '../rollouts/prompt-template.ts';
import { toPretrainingGroups } from './pretraining-groups.ts';
import { countStepTokens, toTrainingGroups } from './to-training-groups.ts';

export interface UpdateDeps {
  readonly config: Config;
  readonly tokenizer: Tokenizer;
  readonly template: PromptTemplate;
}

export interface UpdateRule {
  readonly name: string;
  /** Whether a paragraph gives the update anything; one that does not may be refilled. */
  readonly useful: (scored: ScoredGroups) => boolean;
  readonly groups: (scored: readonly ScoredGroups[], deps: UpdateDeps) => TrainingGroup[];
  /** Response tokens of the step: the denominator of the token-level mean. */
  readonly stepTokens: (scored: readonly ScoredGroups[], groups: readonly TrainingGroup[]) => number;
  readonly loss: (config: Config) => AccumulateRequest['loss'];
}

/** Eq. 10, 11: both roles' kept groups concatenated, token-level mean, clip-higher, no KL. */
export const grpoUpdate: UpdateRule = {
  name: 'grpo',
  useful: (scored) => scored.groups.some((group) => group.kept),
  groups: (scored) => toTrainingGroups(scored),
  stepTokens: (scored) => countStepTokens(scored),
  loss: ({ grpo, rollouts }) => ({
    kind: 'grpo',
    clipLow: grpo.clipLow,
    clipHigh: grpo.clipHigh,
    ratioCap: grpo.ratioCap,
    temperature: rollouts.temperature,
  }),
};

/** Mean negative log-likelihood of the paragraphs themselves. */
export const crossEntropyUpdate: UpdateRule = {
  name: 'cross-entropy',
  useful: () => true,
  groups: toPretrainingGroups,
  stepTokens: (_scored, groups) => groups.reduce((sum, group) => sum + group.responses.reduce((own, response) => own + response.tokens.length, 0), 0),
  loss: () => ({ kind: 'cross-entropy' }),
};
