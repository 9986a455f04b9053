import { float64, int32, int53, list, nullable, struct, utf8, oneOf } from '../field.ts';
import { defineRecord, type RecordOf } from '../record-definition.ts';
import { roles } from './scored-group.ts';

/** One role's account of a step: admitted = trained + the sum of dropped + the sum of deadLettered. */
export const ledgerLine = struct(
  {
    role: oneOf(roles, 'Role.'),
    admitted: int53('Rollouts sampled.', 'rollouts'),
    trained: int53('Rollouts in the update.', 'rollouts'),
    dropped: list(struct({ reason: utf8('Reason.'), count: int53('Rollouts.', 'rollouts') }, 'Drop.'), 'Rollouts whose group was dropped, by reason.'),
    deadLettered: list(struct({ reason: utf8('Error code.'), count: int53('Rollouts.', 'rollouts') }, 'Loss.'), 'Rollouts that were lost, by error code.'),
  },
  'One role of the ledger.',
);

/** What a step did. Everything here is a function of the config and the corpus; wall-clock figures live in `step_timing`. */
export const stepReport = defineRecord('step_report', 4, 'What one optimiser step did.', {
  step: int32('Optimiser step, from 1.', 'step'),
  policyVersion: int32('Version after the step.', 'updates'),
  oldestPolicyVersion: int32('Oldest version that sampled a rollout of the step.', 'updates'),
  paragraphs: int32('Paragraphs admitted, refills included.', 'paragraphs'),
  learningRate: float64('Learning rate of this step.', 'unitless'),
  loss: nullable(float64('Mean loss over response tokens, or what `grpo.formulation` divides by; null where nothing was kept.', 'unitless')),
  gradientNorm: nullable(float64('L2 norm of the gradient before clipping; null where nothing was kept, or the engine does not tell.', 'unitless')),
  updateNorm: nullable(float64('L2 norm of the change of the weights; null where nothing was kept, or the engine does not tell.', 'unitless')),
  responseTokens: int53('Response tokens in the update: the denominator of a token-level mean.', 'tokens'),
  clippedLowShare: float64('Share of response tokens where the lower clip acted.', 'share, 0 to 1'),
  clippedHighShare: float64('Share of response tokens where the upper clip acted.', 'share, 0 to 1'),
  cappedShare: float64('Share of response tokens where the ratio cap acted.', 'share, 0 to 1'),
  ratioMean: float64('Mean importance ratio of the response tokens.', 'ratio'),
  entropyMean: float64('Mean entropy of the response tokens.', 'nats'),
  logprobDriftMean: float64('Mean |log p training - log p sampling|.', 'nats'),
  logprobDriftMax: float64('Maximum of |log p training - log p sampling|.', 'nats'),
  tokensComputed: int53('Positions that went through the model in training, a beginning that sequences of a pass share once.', 'tokens'),
  tokensInRows: int53('Positions that separate rows would have computed.', 'tokens'),
  maskRewardMean: nullable(float64('Mean of r_gen over all mask rollouts.', 'reward, 0 to 1')),
  predictionRewardMean: nullable(float64('Mean of r_pred: accuracy.', 'share, 0 to 1')),
  usableMaskShare: nullable(float64('Share of mask rollouts that gave a prediction group.', 'share, 0 to 1')),
  distinctMasksPerHundred: nullable(float64('Distinct mask texts per 100 usable masks.', 'per 100 masks')),
  truncatedMaskShare: nullable(float64('Share of mask rollouts that ended at the length limit.', 'share, 0 to 1')),
  truncatedPredictionShare: nullable(float64('Share of predictions that ended at the length limit.', 'share, 0 to 1')),
  maskResponseTokensMean: nullable(float64('Mean response length of the generation role.', 'tokens')),
  predictionResponseTokensMean: nullable(float64('Mean response length of the prediction role.', 'tokens')),
  sampledTokens: int53('Response tokens sampled.', 'tokens'),
  predictionRewardError: nullable(float64('Standard error of predictionRewardMean, over paragraphs; null for fewer than two.', 'share, 0 to 1')),
  criticLoss: nullable(float64('Mean of (V - r)^2 over the responses that the critic learned from; null without a critic, or where nothing was kept.', 'reward squared')),
  criticExplainedVariance: nullable(float64('1 - Var(r - V) / Var(r) over the rollouts of the groups, V as logged with each; null without a critic, or where all rewards are equal.', 'share, at most 1')),
  instability: nullable(float64('Failure sign: swing of predictionRewardMean about its trend over the last alarms.window steps, beyond chance; null before there are as many.', 'share, 0 to 0.5')),
  harm: nullable(float64('Failure sign: fall of held-out accuracy below its best, beyond chance; null where nothing was held out.', 'share, 0 to 1')),
  imbalance: nullable(float64('Failure sign: share of the most frequent text in what was masked within the last alarms.window steps; null before there are as many.', 'share, 0 to 1')),
  barren: nullable(float64('Failure sign: share of the rollouts of the last alarms.window steps that took no part in an update; null before there are as many.', 'share, 0 to 1')),
  heldOutStep: nullable(int32('Step after which the newest held-out answers were taken, 0 for the base model; null where nothing was held out.', 'step')),
  bestHeldOutStep: nullable(int32('Step after which held-out accuracy was best so far, 0 for the base model; null where nothing was held out.', 'step')),
  ledger: list(ledgerLine, 'One line a role.'),
});
export type StepReport = RecordOf<typeof stepReport>;
export type LedgerLine = StepReport['ledger'][number];
