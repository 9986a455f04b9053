/**
 * The curves of a run, by the paper's names: rewards, accuracy and response length by role, entropy, dropped groups, clipping, and how fast it goes. In: a
 * step's report, and its wall-clock figures where they are known. Out: the scalars that it has; a figure of nothing is left out. Pure.
 */
import { signs } from '../../../operators/health/sign.ts';
import type { Role } from '../../../schemas/records/scored-group.ts';
import type { LedgerLine, StepReport } from '../../../schemas/records/step-report.ts';
import type { StepTiming } from '../../../schemas/records/step-timing.ts';
import type { Scalar } from './scalar.ts';

/** The roles by the paper's names. */
export const roleNames: Readonly<Record<Role, string>> = { mask: 'mask_generation', predict: 'mask_prediction' };

export function stepScalars(report: StepReport, timing: StepTiming | null): Scalar[] {
  return [...learning(report), ...report.ledger.flatMap(droppedShares), ...update(report), ...failureSigns(report), ...(timing === null ? [] : throughput(report, timing))].filter(
    (scalar): scalar is Scalar => scalar.value !== null && Number.isFinite(scalar.value),
  );
}

type Figure = Omit<Scalar, 'value'> & { readonly value: number | null };

function figure(name: string, value: number | null, unit: string, doc: string, attributes: Scalar['attributes'] = {}): Figure {
  return { name, attributes, unit, doc, value };
}

const role = (of: Role): Scalar['attributes'] => ({ role: roleNames[of] });

function learning(report: StepReport): Figure[] {
  const reward = 'Mean reward of the role (eq. 8, eq. 9).';
  const length = 'Mean length of a response, of both roles or of one.';
  const truncated = 'Share of the responses that ended at the length limit.';
  return [
    figure('reward', report.maskRewardMean, '1', reward, role('mask')),
    figure('reward', report.predictionRewardMean, '1', reward, role('predict')),
    figure('accuracy', report.predictionRewardMean, '1', 'Share of the predictions that equal the masked text.'),
    figure('response_length', meanLength(report), '{token}', length, { role: 'all' }),
    figure('response_length', report.maskResponseTokensMean, '{token}', length, role('mask')),
    figure('response_length', report.predictionResponseTokensMean, '{token}', length, role('predict')),
    figure('truncated_share', report.truncatedMaskShare, '1', truncated, role('mask')),
    figure('truncated_share', report.truncatedPredictionShare, '1', truncated, role('predict')),
    figure('usable_mask_share', report.usableMaskShare, '1', 'Share of the generated masks that gave a prediction group.'),
    figure('distinct_masks', report.distinctMasksPerHundred, '1', 'Distinct mask texts per 100 usable masks.'),
  ];
}

function meanLength({ ledger, sampledTokens }: StepReport): number | null {
  const admitted = ledger.reduce((sum, line) => sum + line.admitted, 0);
  return admitted === 0 ? null : sampledTokens / admitted;
}

/** By reason and in all. Groups of a role are of one size, so a share of rollouts is a share of groups. */
function droppedShares({ role: of, admitted, dropped }: LedgerLine): Figure[] {
  if (admitted === 0) return [];
  const doc = "Share of the role's rollouts whose group gave no signal and was dropped: all 0, all 1, or all equal.";
  const share = (count: number, reason: string): Figure => figure('dropped_share', count / admitted, '1', doc, { ...role(of), reason });
  const reasons = of === 'mask' ? ['all-zero', 'all-equal'] : ['all-zero', 'all-one'];
  const countOf = (reason: string): number => dropped.find((drop) => drop.reason === reason)?.count ?? 0;
  return [share(dropped.reduce((sum, { count }) => sum + count, 0), 'any'), ...reasons.map((reason) => share(countOf(reason), reason))];
}

function update(report: StepReport): Figure[] {
  const trained = report.responseTokens > 0;
  const overTokens = (value: number): number | null => (trained ? value : null);
  const clip = 'Share of the response tokens in the update on which the clip acted.';
  const drift = 'Absolute difference of log-probability between training and sampling.';
  return [
    figure('entropy', overTokens(report.entropyMean), '1', 'Mean entropy of the response tokens in the update, nats.'),
    figure('clip_share', overTokens(report.clippedLowShare), '1', clip, { bound: 'low' }),
    figure('clip_share', overTokens(report.clippedHighShare), '1', clip, { bound: 'high' }),
    figure('capped_share', overTokens(report.cappedShare), '1', 'Share of the response tokens in the update on which the cap of the ratio acted.'),
    figure('ratio', overTokens(report.ratioMean), '1', 'Mean importance ratio.'),
    figure('logprob_drift', overTokens(report.logprobDriftMean), '1', drift, { statistic: 'mean' }),
    figure('logprob_drift', overTokens(report.logprobDriftMax), '1', drift, { statistic: 'max' }),
    figure('learning_rate', report.learningRate, '1', 'Learning rate of the step.'),
    figure('loss', report.loss, '1', 'Mean loss over the response tokens in the update.'),
    figure('critic_loss', report.criticLoss, '1', 'Mean squared error of the critic.'),
    figure('critic_explained_variance', report.criticExplainedVariance, '1', 'Share of the variance of rewards that the critic foretold.'),
    figure('gradient_norm', report.gradientNorm, '1', 'L2 norm of the gradient before clipping.'),
    figure('update_norm', report.updateNorm, '1', 'L2 norm of the change of the weights.'),
    figure('staleness', report.policyVersion - 1 - report.oldestPolicyVersion, '{step}', 'Updates between the oldest weights that sampled for the step and those that it updated.'),
  ];
}

function failureSigns(report: StepReport): Figure[] {
  const doc = 'How far a failure sign is there, 0 to 1: swing of the share of right predictions; fall of held-out accuracy; share of the most frequent mask; share of the rollouts that took no part in an update.';
  return signs.map((sign) => figure('failure_sign', report[sign], '1', doc, { sign }));
}

/** What only a clock knows: names begin with `throughput/`. */
function throughput(report: StepReport, { totalMs, generateMs, trainMs }: StepTiming): Figure[] {
  const perSecond = (count: number, ms: number): number | null => (ms > 0 ? (count * 1000) / ms : null);
  return [
    figure('throughput/step_time', totalMs / 1000, 's', 'From the end of the update before to the end of this one.'),
    figure('throughput/sampled_tokens', perSecond(report.sampledTokens, generateMs), '{token}/s', 'Response tokens sampled per second of sampling.'),
    figure('throughput/trained_tokens', perSecond(report.tokensComputed, trainMs), '{token}/s', 'Positions computed per second of training.'),
  ];
}
