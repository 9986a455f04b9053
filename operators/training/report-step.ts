/**
 * In: a step's batch, what its update did, and its ledger. Out: the step's report, but for the failure signs, which need the evaluation. Pure. Shares and means are over the response tokens
 * that went through the loss; where there were none they are 0, and the ratio 1.
 */
import type { LedgerLine, StepReport } from '../../schemas/records/step-report.ts';
import type { SignFigures } from '../health/health-state.ts';
import type { AccumulateReport } from '../ports/engine.ts';
import type { StepBatch } from './batch-steps.ts';
import { stepStatistics } from './step-statistics.ts';
import type { TrainedStep } from './train-step.ts';

export type UnsignedReport = Omit<StepReport, keyof SignFigures>;

/** @param versionBefore version of the weights before the update; @param versionAfter after it. */
export function reportStep(batch: StepBatch, trained: TrainedStep, ledger: LedgerLine[], versionBefore: number, versionAfter: number): UnsignedReport {
  const { reports, result } = trained;
  const { oldestPolicyVersion, ...statistics } = stepStatistics(batch.paragraphs);
  const sum = (of: (report: AccumulateReport) => number): number => reports.reduce((total, report) => total + of(report), 0);
  const tokens = sum((report) => report.responseTokens);
  const valueResponses = sum((report) => report.valueResponses ?? 0);
  const perToken = (of: (report: AccumulateReport) => number): number => (tokens === 0 ? 0 : sum(of) / tokens);
  return {
    ...statistics,
    step: batch.step,
    policyVersion: versionAfter,
    oldestPolicyVersion: oldestPolicyVersion ?? versionBefore,
    learningRate: trained.learningRate,
    criticLoss: valueResponses === 0 ? null : sum((report) => report.valueErrorSum ?? 0) / valueResponses,
    loss: tokens === 0 ? null : sum((report) => report.loss),
    gradientNorm: result?.gradientNorm ?? null,
    updateNorm: result?.updateNorm ?? null,
    responseTokens: trained.stepTokens,
    clippedLowShare: perToken((report) => report.clippedLowTokens),
    clippedHighShare: perToken((report) => report.clippedHighTokens),
    cappedShare: perToken((report) => report.cappedTokens),
    ratioMean: tokens === 0 ? 1 : perToken((report) => report.ratioSum),
    entropyMean: perToken((report) => report.entropySum),
    logprobDriftMean: perToken((report) => report.logprobDriftSum),
    logprobDriftMax: reports.reduce((max, report) => Math.max(max, report.logprobDriftMax), 0),
    tokensComputed: sum((report) => report.tokensComputed),
    tokensInRows: sum((report) => report.tokensInRows),
    ledger,
  };
}
