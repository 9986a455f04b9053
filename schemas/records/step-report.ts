import { float64, int32, int53, list, nullable, struct, utf8, oneOf } from '../field.ts';
import { defineRecord, type RecordOf } from '../record-definition.ts';
import { roles } from './scored-group.ts';

/** One role's account of a step: admitted = trained + the sum of dropped + the sum of deadLettered. */
export const ledgerLine = struct(
  {
    role: oneOf(roles, 'Role.'),
    admitted: int53('Rollouts sampled.'),
    trained: int53('Rollouts in the update.'),
    dropped: list(struct({ reason: utf8('Reason.'), count: int53('Rollouts.') }, 'Drop.'), 'By reason.'),
    deadLettered: list(struct({ reason: utf8('Error code.'), count: int53('Rollouts.') }, 'Loss.'), 'By reason.'),
  },
  'One role of the ledger.',
);

/** What a step did. Everything here is a function of the config and the corpus; wall-clock figures live in `step_timing`. */
export const stepReport = defineRecord('step_report', 1, 'What one optimiser step did.', {
  step: int32('Optimiser step, from 1.'),
  policyVersion: int32('Version after the step.'),
  oldestPolicyVersion: int32('Oldest version that sampled a rollout of the step.'),
  paragraphs: int32('Paragraphs admitted, refills included.'),
  learningRate: float64('Of this step.'),
  loss: nullable(float64('Mean loss over response tokens; null where nothing was kept.')),
  gradientNorm: nullable(float64('L2 before clipping.')),
  updateNorm: nullable(float64('L2 of the change of the weights.')),
  responseTokens: int53('Response tokens in the update: the denominator.'),
  clippedLowShare: float64('Share of response tokens where the lower clip acted.'),
  clippedHighShare: float64('Share where the upper clip acted.'),
  cappedShare: float64('Share where the ratio cap acted.'),
  ratioMean: float64('Mean importance ratio.'),
  entropyMean: float64('Mean entropy of the response tokens, nats.'),
  logprobDriftMean: float64('Mean |log p training - log p sampling|.'),
  logprobDriftMax: float64('Its maximum.'),
  tokensComputed: int53('Positions that went through the model in training, a beginning that sequences of a pass share once.'),
  tokensInRows: int53('What separate rows would have computed.'),
  maskRewardMean: nullable(float64('Mean of r_gen over all mask rollouts.')),
  predictionRewardMean: nullable(float64('Mean of r_pred: accuracy.')),
  usableMaskShare: nullable(float64('Share of mask rollouts that gave a prediction group.')),
  distinctMasksPerHundred: nullable(float64('Distinct mask texts per 100 usable masks.')),
  truncatedMaskShare: nullable(float64('Mask rollouts that ended at the length limit.')),
  truncatedPredictionShare: nullable(float64('Predictions that ended at the length limit.')),
  maskResponseTokensMean: nullable(float64('Mean response length, generation.')),
  predictionResponseTokensMean: nullable(float64('Mean response length, prediction.')),
  sampledTokens: int53('Response tokens sampled.'),
  ledger: list(ledgerLine, 'One line a role.'),
});
export type StepReport = RecordOf<typeof stepReport>;
export type LedgerLine = StepReport['ledger'][number];
