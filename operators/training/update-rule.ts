/** How a pipeline turns a step's paragraphs into an update. The two rules there are: GRPO with its relatives, and plain cross-entropy. */
import type { Config } from '../../schemas/config/config.ts';
import type { ScoredGroups } from '../../schemas/records/edges.ts';
import type { AccumulateRequest, TrainingGroup } from '../ports/engine.ts';
import type { Tokenizer } from '../ports/tokenizer.ts';
import { copyingRulesOf } from '../rollouts/copying/copying-rule-of.ts';
import type { PromptTemplate } from '../rollouts/prompt-template.ts';
import { scoringRules, type ScoringRules } from '../rewards/scoring-rules.ts';
import { lossDenominator } from './loss-denominator.ts';
import { toPretrainingGroups } from './pretraining-groups.ts';
import { countStepTokens, toTrainingGroups } from './to-training-groups.ts';

export interface UpdateDeps {
  readonly config: Config;
  readonly tokenizer: Tokenizer;
  readonly template: PromptTemplate;
}

export interface UpdateRule {
  readonly name: string;
  /** How what a paragraph alone does not decide is decided, once its step is whole; null where nothing is scored. Those of the stage that scores. */
  readonly rules: ((config: Config) => ScoringRules) | null;
  /** Whether a paragraph gives the update anything; one that does not may be refilled. */
  readonly useful: (scored: ScoredGroups) => boolean;
  readonly groups: (scored: readonly ScoredGroups[], deps: UpdateDeps) => TrainingGroup[];
  /** Response tokens of the step. */
  readonly stepTokens: (scored: readonly ScoredGroups[], groups: readonly TrainingGroup[]) => number;
  /** What the sum of the token losses is divided by. @param stepTokens what `stepTokens` gave */
  readonly denominator: (scored: readonly ScoredGroups[], stepTokens: number, config: Config) => number;
  readonly loss: (config: Config) => AccumulateRequest['loss'];
}

/** Eq. 10, 11: both roles' kept groups concatenated, clip-higher, no KL; the mean is that of `grpo.formulation`. */
export const grpoUpdate: UpdateRule = {
  name: 'grpo',
  rules: scoringRules,
  useful: (scored) => scored.groups.some((group) => group.kept),
  groups: (scored, deps) => toTrainingGroups(scored, (paragraph) => copyingRulesOf(deps, paragraph)),
  stepTokens: (scored) => countStepTokens(scored),
  denominator: (scored, _stepTokens, config) => lossDenominator(scored, config),
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
  rules: null,
  useful: () => true,
  groups: toPretrainingGroups,
  stepTokens: (_scored, groups) => groups.reduce((sum, group) => sum + group.responses.reduce((own, response) => own + response.tokens.length, 0), 0),
  denominator: (_scored, stepTokens) => stepTokens,
  loss: () => ({ kind: 'cross-entropy' }),
};
